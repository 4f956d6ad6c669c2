import time

from ingest.system_clock import SystemClock


def test_the_clock_is_the_machines() -> None:
    clock = SystemClock()
    before = time.monotonic_ns(), time.time_ns()
    now = clock.monotonic_ns(), clock.wall_ns()
    assert before[0] <= now[0] <= time.monotonic_ns()
    assert abs(now[1] - before[1]) < 60_000_000_000
