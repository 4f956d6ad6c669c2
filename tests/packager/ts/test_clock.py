import pytest

from flow.timebase import AAC_FRAME, TICK
from packager.ts.clock import clock_reference, ticks_of, time_stamp


def test_pictures_and_sound_frames_come_out_whole() -> None:
    assert ticks_of(TICK) == 3_600
    assert ticks_of(AAC_FRAME) == 1_920


def test_times_begin_anew_after_33_bits() -> None:
    """F-14."""
    wrap = 2**33 * 8 // 15 + 1
    assert ticks_of(wrap) == wrap * 15 // 8 - 2**33 < 2


@pytest.mark.parametrize(("ticks", "written"), [(0, "2100010001"), (2**33 - 1, "2fffffffff"), (1, "2100010003")])
def test_a_time_stamp_has_its_marker_bits(ticks: int, written: str) -> None:
    assert time_stamp(2, ticks).hex() == written


def test_a_clock_reference_has_its_reserved_bits() -> None:
    assert clock_reference(0).hex() == "000000007e00"
    assert clock_reference(2**33 - 1).hex() == "fffffffffe00"
