"""Whether a transport stream is still the one it was."""

import pytest

from ingest.udp.continuity import PACKET
from ingest.udp.timeline import Timeline

S = 1_000_000_000


def clock(seconds: float, pid: int = 256) -> bytes:
    """A packet with a clock reference."""
    base = round(seconds * 90_000) % (1 << 33)
    head = bytes([0x47, pid >> 8, pid & 255, 0x30, 7, 0x10]) + (base << 7).to_bytes(5, "big") + b"\0"
    return head.ljust(PACKET, b"\xff")


def anew(*seen: tuple[float, float]) -> list[bool]:
    """For clocks that read so many seconds when they come at so many."""
    timeline = Timeline()
    return [timeline.begun_anew(clock(reads), round(at * S)) for reads, at in seen]


def test_a_clock_that_goes_with_ours_is_the_same_stream() -> None:
    assert not any(anew((10, 0), (10.04, 0.04), (11, 1), (15, 5)))


def test_packets_held_up_and_let_go_at_once_are_the_same_stream() -> None:
    """F-09."""
    assert not any(anew((10, 0), (10.04, 3), (11, 3.01), (12.9, 3.02), (13.1, 3.1)))


def test_the_end_of_the_counter_is_no_new_beginning() -> None:
    """F-14: 33 bits at 90 kHz, 26.5 hours."""
    end = (1 << 33) / 90_000
    assert not any(anew((end - 0.1, 0), (end - 0.02, 0.08), (end + 0.06, 0.16)))


@pytest.mark.parametrize("reads", [0, 5, 9, 12, 60, 90_000])
def test_a_source_that_was_replaced_or_begins_anew_is_noticed_at_once(reads: float) -> None:
    """F-11, F-15, F-16."""
    assert anew((10, 0), (reads, 0.5), (reads + 0.04, 0.54)) == [False, True, False]


def test_how_far_a_clock_may_leap_can_be_said() -> None:
    timeline = Timeline(2 * 90_000)
    seen = [timeline.begun_anew(clock(reads), round(at * S)) for reads, at in ((10, 0), (11.8, 0.1), (14.1, 0.2))]
    assert seen == [False, False, True]


def test_a_slow_or_quick_source_stays_the_same_for_hours() -> None:
    """F-15: 200 ppm are 0.7 s in an hour."""
    for part in (0.9998, 1.0002):
        timeline = Timeline()
        seen = [timeline.begun_anew(clock(at * part), at * S) for at in range(0, 36_000, 10)]
        assert not any(seen)
        assert timeline.begun_anew(clock(36_000 * part + 2), 36_000 * S)


def test_a_few_packets_that_change_places_are_nothing() -> None:
    """F-08."""
    assert not any(anew((10, 0), (10.08, 0.04), (10.04, 0.05), (10.12, 0.09)))


def test_each_programme_has_its_clock_and_packets_without_one_say_nothing() -> None:
    timeline = Timeline()
    plain = bytes([0x47, 1, 0, 0x10]).ljust(PACKET, b"\0")
    both = clock(10) + plain + clock(5_000, pid=512)
    assert not timeline.begun_anew(both, 0)
    assert not timeline.begun_anew(clock(10.1) + clock(5_000.1, pid=512), S // 10)
    assert not timeline.begun_anew(b"no packets", S)


def test_a_leap_in_one_of_several_programmes_is_left_to_the_decoder() -> None:
    """T-10: another service of the multiplex does not take ours off air."""
    timeline = Timeline()
    for at in range(10):
        timeline.begun_anew(clock(10 + at / 10) + clock(5_000 + at / 10, pid=512), at * S // 10)
    assert not timeline.begun_anew(clock(11) + clock(77, pid=512), S)


def test_the_clock_of_a_source_that_has_gone_is_no_other_programme() -> None:
    """F-11."""
    timeline = Timeline()
    timeline.begun_anew(clock(10, pid=257), 0)
    timeline.begun_anew(clock(500), 2 * S)
    assert timeline.begun_anew(clock(0), 3 * S)


def test_the_readings_on_both_sides_of_a_leap_are_known() -> None:
    timeline = Timeline()
    assert [timeline.begun_anew(clock(reads), 0) for reads in (20, 500)] == [False, True]
    assert timeline.leap == (20 * 90_000, 500 * 90_000)
