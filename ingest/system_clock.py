"""The machine's clock, for the children that ingest starts."""

import time


class SystemClock:
    """`flow.clock.Clock` over the machine's own clocks."""

    def monotonic_ns(self) -> int:
        """Nanoseconds of the monotonic clock."""
        return time.monotonic_ns()

    def wall_ns(self) -> int:
        """Nanoseconds since the Unix epoch."""
        return time.time_ns()
