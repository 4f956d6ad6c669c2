from flow.profile import PROFILES, ProfileName
from packager.rates import Rates, rates_of, run_lengths
from packager.segment import LOST, Segment

LOW = PROFILES[ProfileName.LOW]


def _segments(*sizes: int) -> tuple[Segment, ...]:
    return tuple(
        Segment(msn=msn, run=1 if size else LOST, map_run=1, discontinuity=False, size=size)
        for msn, size in enumerate(sizes)
    )


def test_the_peak_is_the_highest_over_runs_of_half_to_one_and_a_half_target_durations() -> None:
    assert list(run_lengths(LOW)) == [1]
    assert list(run_lengths(PROFILES[ProfileName.CLASSIC])) == [1]
    assert rates_of(LOW, _segments(24_000, 48_000, 24_000)) == Rates(peak=200_000, average=133_334)


def test_lost_segments_count_for_nothing() -> None:
    assert rates_of(LOW, _segments(24_000, 0, 24_000)) == Rates(peak=100_000, average=100_000)
    assert rates_of(LOW, _segments(0, 0)) == Rates(peak=0, average=0)
    assert rates_of(LOW, ()) == Rates(peak=0, average=0)
