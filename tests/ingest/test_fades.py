import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.tick import SILENCE, SOUND_BYTES
from ingest.fades import FADE, crossed, joined, tail

CLICK = 1_500
"""A step between two samples that a 440 Hz tone at this loudness does not make."""


def tone(hertz: float = 440, phase: float = 0.0, loud: int = 20_000) -> bytes:
    turns = 2 * np.pi * (np.arange(1_920) * hertz / 48_000 + phase)
    left = (np.sin(turns) * loud).astype("<i2")
    return np.stack([left, left], axis=1).tobytes()


def left(*sounds: bytes) -> np.ndarray:
    return np.frombuffer(b"".join(sounds), "<i2")[::2].astype(int)


def test_a_fade_lasts_20_ms_at_48_khz() -> None:
    """Long enough not to click, short enough not to be heard as a fade: 960 of a tick's 1,920 samples."""
    assert FADE == 960 == 48_000 * 20 // 1_000
    gone = left(joined(tone(hertz=1_000, phase=0.25), SILENCE))
    assert gone[930:960].any()
    assert not gone[960:].any()


def test_a_sound_that_ends_fades_out_without_a_click_in_20_ms() -> None:
    before = tone()
    after = joined(tail(before), SILENCE)
    assert len(after) == SOUND_BYTES
    assert np.abs(np.diff(left(before, after))).max() < CLICK
    assert not left(after)[FADE:].any()
    assert left(after)[:FADE // 2].any()


def test_a_sound_that_begins_fades_in() -> None:
    coming = tone(phase=0.25)
    first = joined(SILENCE, coming)
    assert left(first)[0] == 0
    assert np.abs(np.diff(left(SILENCE, first))).max() < CLICK
    assert first[FADE * 4:] == coming[FADE * 4:]


def test_a_change_between_two_sounds_does_not_click() -> None:
    before, leaving, coming = tone(), tone(phase=440 * 0.04), tone(300, phase=0.25)
    assert np.abs(np.diff(left(before, joined(leaving, coming)))).max() < CLICK
    assert np.abs(np.diff(left(before, coming))).max() > 10 * CLICK


@pytest.mark.parametrize("ticks", [1, 3, 10])
def test_a_cross_fade_goes_evenly_from_one_to_the_other(ticks: int) -> None:
    steps = left(*(crossed(tone(0, 0.25), SILENCE, at, ticks) for at in range(ticks)))
    assert steps[0] == 20_000
    assert steps[-1] < 20_000 / (1_920 * ticks) + 2
    assert (np.diff(steps) <= 0).all()


sounds = st.integers(0, 2**32).map(
    lambda seed: np.random.default_rng(seed).integers(-32_768, 32_768, 3_840).astype("<i2").tobytes(),
)


@given(sounds, sounds)
def test_no_sum_wraps_around(one: bytes, other: bytes) -> None:
    mixed, low, high = (np.frombuffer(each, "<i2").astype(int) for each in (joined(one, other), one, other))
    assert (mixed <= np.maximum(low, high) + 1).all()
    assert (mixed >= np.minimum(low, high) - 1).all()
