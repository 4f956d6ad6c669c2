"""The rate at which a feed is played."""

from itertools import pairwise

import pytest

from flow.timebase import SCALE, TICK
from ingest.playout.drift import ASLEEP, MOST, SLEW, Drift
from ingest.playout.fill import WINDOW

MS = SCALE // 1_000


def _kept(ppm: int, windows: int) -> tuple[list[float], list[int]]:
    """Mean delays beside the target in ms, and rates, window by window, for a feed whose clock drifts."""
    drift, off, delays, rates = Drift(), 0.0, [], []
    for _ in range(windows):
        total = 0.0
        for _ in range(WINDOW):
            drift = drift.after()
            off += (ppm - drift.rate) * TICK / 1_000_000
            total += off
        drift = drift.judged(round(total / WINDOW))
        delays.append(total / WINDOW / MS)
        rates.append(drift.rate)
    return delays, rates


@pytest.mark.parametrize("ppm", [200, -200])
def test_a_day_at_200_ppm_leaves_the_delay_where_it_was(ppm: int) -> None:
    """F-19: 24 h of media; within 20 ms always, within 1 ms once the drift is learned."""
    delays, rates = _kept(ppm, 24 * 3_600 // 4)
    assert max(map(abs, delays)) < 20
    assert max(map(abs, delays[150:])) < 1
    assert all(abs(rate - ppm) < 10 for rate in rates[150:])


@pytest.mark.parametrize("ppm", [MOST, -MOST])
def test_the_most_that_is_followed_is_a_thousandth(ppm: int) -> None:
    delays, rates = _kept(ppm, 1_000)
    assert max(map(abs, delays)) < 60
    assert max(map(abs, rates)) == MOST


def test_a_feed_on_our_own_clock_is_never_touched() -> None:
    drift = Drift().judged(ASLEEP).judged(-ASLEEP)
    assert drift == Drift()
    assert drift.after() is drift


def test_once_steering_it_stops_only_when_delay_and_drift_are_small() -> None:
    drift = Drift().judged(ASLEEP + 1)
    assert drift.steering
    assert drift.judged(ASLEEP // 2).steering
    assert drift.judged(0).steering
    assert drift.judged(-10 * MS).judged(0) == Drift()


def test_the_rate_changes_too_slowly_to_be_heard() -> None:
    drift, rates = Drift().judged(100 * MS), [0]
    for _ in range(MOST):
        drift = drift.after()
        rates.append(drift.rate)
    assert max(after - before for before, after in pairwise(rates)) == SLEW
    assert rates[-1] == MOST


def test_from_a_break_or_a_burst_nothing_is_learned_of_the_clock() -> None:
    assert Drift().judged(500 * MS).learned == 0
    assert Drift().judged(30 * MS).learned > 0
