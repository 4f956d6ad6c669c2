from flow.timebase import SCALE
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock


def test_the_clock_stands_still_until_it_is_advanced() -> None:
    clock = SteppedClock(wall_units=EPOCH)
    before = clock.monotonic_ns(), clock.wall_ns()
    assert (clock.monotonic_ns(), clock.wall_ns()) == before
    clock.advance(1.5)
    assert (clock.monotonic_ns() - before[0], clock.wall_ns() - before[1]) == (1_500_000_000, 1_500_000_000)


def test_the_wall_clock_can_be_set_apart_from_the_monotonic_one() -> None:
    clock = SteppedClock(wall_units=EPOCH)
    before = clock.monotonic_ns(), clock.wall_ns()
    clock.step_wall(-60)
    assert (clock.monotonic_ns() - before[0], clock.wall_ns() - before[1]) == (0, -60_000_000_000)
    clock.advance_to(EPOCH + SCALE)
    assert clock.wall_ns() == before[1] + 1_000_000_000
