import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.boxes import find
from flow.errors import MediaError
from tests.transcode.media import NOT_SYNC, SYNC, avc1, box, full, moof, moov, run_of, run_with, words
from transcode.fragment import Defaults, Times, times_of

DEFAULTS = Defaults(track=1, duration=1920, flags=NOT_SYNC)
EPOCH = 1_800_000_000 * 48_000


def times(data: bytes) -> Times:
    return times_of(find(memoryview(data), "moof"), DEFAULTS)


@pytest.mark.parametrize("version", [0, 1])
def test_defaults_come_from_the_movie_box(version: int) -> None:
    data = memoryview(moov(avc1(), duration=1024, flags=SYNC, version=version))
    assert Defaults.of(find(data, "moov")) == Defaults(1, 1024, SYNC)


@pytest.mark.parametrize("scale", [0, 12_800, 90_000])
def test_a_track_on_another_scale_is_refused(scale: int) -> None:
    with pytest.raises(MediaError, match=f"counts {scale} units"):
        Defaults.of(find(memoryview(moov(avc1(), scale=scale)), "moov"))


def test_a_fragment_that_tells_little_lives_on_defaults() -> None:
    assert times(moof(EPOCH, run_of(16))) == Times(EPOCH, 30_720, independent=False)


def test_the_first_samples_own_flags_win() -> None:
    assert times(moof(EPOCH, run_of(16, first_flags=SYNC))).independent


def test_the_track_headers_defaults_come_before_the_movies() -> None:
    tfhd = full("tfhd", 0, 0x3B, words(1), bytes(8), words(1, 1024, 99, SYNC))
    assert times(moof(0, run_of(30), tfhd=tfhd)) == Times(0, 30_720, independent=True)


def test_durations_and_flags_of_each_sample_are_used() -> None:
    run = run_with([(1024, 10, SYNC, 0), (2048, 10, NOT_SYNC, 0)])
    assert times(moof(7, run)) == Times(7, 3072, independent=True)


def test_runs_follow_each_other() -> None:
    got = times(moof(0, run_of(0), run_of(2, first_flags=SYNC), run_of(3), version=0))
    assert got == Times(0, 5 * 1920, independent=True)


def test_a_fragment_without_samples_is_refused() -> None:
    with pytest.raises(MediaError, match="lasts 0 units"):
        times(moof(0, run_of(0)))


def test_a_time_beyond_what_players_count_is_refused() -> None:
    with pytest.raises(MediaError, match="lasts"):
        times(moof(2**53 - 1, run_of(1)))


@pytest.mark.parametrize("count", [0, 2])
def test_a_fragment_has_exactly_one_track(count: int) -> None:
    traf = moof(0, run_of(1))[24:]
    with pytest.raises(MediaError, match=f"{count} tracks"):
        times(box("moof", full("mfhd", 0, 0, words(1)), traf * count))


def test_another_track_is_refused() -> None:
    with pytest.raises(MediaError, match="track 2, not 1"):
        times(moof(0, run_of(1), tfhd=full("tfhd", 0, 0, words(2))))


def test_a_table_shorter_than_it_claims_is_refused() -> None:
    with pytest.raises(MediaError, match="too early"):
        times(moof(0, full("trun", 0, 0x100, words(0xFFFFFFFF, 1920))))


@given(st.binary(max_size=120))
def test_no_bytes_make_reading_fail_in_any_other_way(data: bytes) -> None:
    with contextlib.suppress(MediaError):
        times(moof(0, box("trun", data)))
