"""What counts as a clock."""

from desk.system import SystemClock
from flow.clock import Clock


def test_the_machines_clock_is_one() -> None:
    clock: Clock = SystemClock()
    first = clock.monotonic_ns()
    assert clock.monotonic_ns() >= first
    assert clock.wall_ns() > 1_700_000_000_000_000_000
