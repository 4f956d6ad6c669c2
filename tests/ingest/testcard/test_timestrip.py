import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.testcard.timestrip import COLUMNS, ROWS, bits_of, crc8, draw, edges, millis_of, read

TIMES = st.integers(0, (1 << 48) - 1)
SIZES = st.sampled_from([(240, 426), (270, 480), (360, 640), (720, 1280), (1080, 1920)])


def _drawn(size: tuple[int, int], millis: int) -> np.ndarray:
    luma = np.full(size, 16, np.uint8)
    draw(luma, millis)
    return luma


@given(TIMES)
def test_bits_spell_the_time_and_any_wrong_bit_is_seen(millis: int) -> None:
    bits = bits_of(millis)
    assert len(bits) == ROWS * COLUMNS
    assert millis_of(bits) == millis
    for place in range(len(bits)):
        assert millis_of((*bits[:place], not bits[place], *bits[place + 1:])) is None


def test_the_checksum_is_crc_8_with_start_ff() -> None:
    assert crc8(b"123456789") == 0xFB
    assert crc8(b"") == 0xFF


@pytest.mark.parametrize("millis", [-1, 1 << 48])
def test_a_time_beyond_48_bits_is_refused(millis: int) -> None:
    with pytest.raises(ValueError, match="48 bits"):
        bits_of(millis)


@given(SIZES, TIMES)
def test_what_is_drawn_is_read_at_every_rung(size: tuple[int, int], millis: int) -> None:
    assert read(_drawn(size, millis)) == millis


@settings(deadline=None)
@given(SIZES, TIMES, st.integers(0, 2**32 - 1), st.integers(0, 50))
def test_noise_of_a_bad_encoding_does_not_hide_it(
    size: tuple[int, int], millis: int, seed: int, level: int,
) -> None:
    noise = np.random.default_rng(seed).normal(0, level, size)
    noisy = np.clip(_drawn(size, millis) + noise, 0, 255).astype(np.uint8)
    assert read(noisy) == millis


@given(TIMES, st.integers(60, 219), st.integers(0, 36))
def test_less_contrast_and_another_black_are_read(millis: int, span: int, black: int) -> None:
    faded = black + (_drawn((240, 426), millis).astype(float) - 16) * span / 219
    assert read(faded.astype(np.uint8)) == millis


@given(TIMES)
def test_half_the_size_is_still_read(millis: int) -> None:
    large = _drawn((480, 852), millis).astype(float)
    half = large.reshape(240, 2, 426, 2).mean(axis=(1, 3))
    assert read(half) == millis


@pytest.mark.parametrize("level", [0, 16, 128, 235, 255])
def test_a_plain_picture_has_no_strip(level: int) -> None:
    assert read(np.full((240, 426), level, np.uint8)) is None


def test_an_all_white_strip_on_black_is_not_a_time() -> None:
    assert millis_of((True,) * 56) is None
    assert millis_of((False,) * 56) is None


def test_blocks_of_the_lowest_rung_are_14_pixels() -> None:
    across, down = edges(426, 240)
    assert min(np.diff(across)) >= 14
    assert min(np.diff(down)) >= 14
