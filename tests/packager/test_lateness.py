from flow.profile import PROFILES, ProfileName
from flow.timebase import SCALE
from packager.lateness import Lateness, lost_until

LOW = PROFILES[ProfileName.LOW]


def _after(*seconds: float) -> Lateness:
    lateness = Lateness()
    for value in seconds:
        lateness.add(round(value * SCALE))
    return lateness


def test_one_and_a_half_seconds_are_expected_while_nothing_is_known() -> None:
    assert Lateness().usual == SCALE * 3 // 2


def test_the_largest_recent_lateness_is_expected_within_bounds() -> None:
    assert _after(0.3, 0.7, 0.4).usual == round(0.7 * SCALE)
    assert _after(0.01).usual == SCALE // 5
    assert _after(0.1, 9.0).usual == 2 * SCALE


def test_old_lateness_is_forgotten() -> None:
    assert _after(1.9, *[0.3] * 32).usual == round(0.3 * SCALE)


def test_a_stream_that_is_late_as_a_whole_is_not_taken_for_lost() -> None:
    assert _after(*[7.0, 7.2, 6.9]).usual == round(6.9 * SCALE)


def test_a_stream_from_a_clock_that_is_ahead_is_missed_as_soon_as_any_other() -> None:
    """F-19."""
    assert _after(-3.0, -3.2).usual == round(-2.8 * SCALE)
    assert _after(-3.0, 0.0).usual == SCALE // 5


def test_a_part_is_lost_after_the_usual_lateness_and_the_grace_of_the_next_segment() -> None:
    """RFC 8216bis 6.2.1: 1.5 x 2 s from one segment to the next leave 1.08 s beyond the 1.92 s it lasts."""
    end, lateness = 1_000 * LOW.chunk, _after(0.5)
    assert lost_until(LOW, lateness, end + round(1.58 * SCALE)) == end
    assert lost_until(LOW, lateness, end + round(1.58 * SCALE) - 1) == end - LOW.chunk
