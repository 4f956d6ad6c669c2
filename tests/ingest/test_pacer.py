from hypothesis import given
from hypothesis import strategies as st

from ingest.pacer import TICK_NS, Pacer


def test_the_first_tick_is_the_first_one_not_yet_begun() -> None:
    pacer = Pacer.starting(wall_ns=10 * TICK_NS + 1, monotonic_ns=500)
    assert pacer.next == 11
    assert pacer.due(500) == 0
    assert pacer.wait_ns(500) == TICK_NS - 1
    assert Pacer.starting(wall_ns=10 * TICK_NS, monotonic_ns=500).due(500) == 1


def test_a_tick_is_due_at_its_start_and_only_once() -> None:
    pacer = Pacer.starting(wall_ns=0, monotonic_ns=0).emitted()
    assert pacer.due(TICK_NS - 1) == 0
    assert pacer.due(TICK_NS) == 1
    assert pacer.emitted().due(TICK_NS) == 0


def test_after_a_stall_every_missed_tick_is_due() -> None:
    pacer = Pacer.starting(wall_ns=0, monotonic_ns=0)
    assert pacer.due(5 * TICK_NS) == 6
    assert pacer.wait_ns(5 * TICK_NS) == 0


@given(st.integers(0, 2**61), st.integers(0, 2**61), st.lists(st.integers(0, 10**9), max_size=50))
def test_lateness_never_adds_up(wall: int, monotonic: int, naps: list[int]) -> None:
    """F-19: a step of the wall clock cannot move a tick, since it is read once."""
    pacer = Pacer.starting(wall_ns=wall, monotonic_ns=monotonic)
    first, now = pacer.next, monotonic
    for nap in naps:
        now += pacer.wait_ns(now) + nap
        pacer = pacer.emitted(pacer.due(now))
        assert pacer.due(now) == 0
    assert pacer.next == max(first, (now - monotonic + wall) // TICK_NS + 1) or not naps
