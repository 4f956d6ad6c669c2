"""A clock that tests step by hand."""

from flow.timebase import SCALE


class SteppedClock:
    """Satisfies `flow.clock.Clock`. Stands still until it is advanced; the wall clock can be set apart from it."""

    def __init__(self, *, wall_units: int = 0) -> None:
        self._monotonic = 1_000_000_000
        self._wall_offset = ns_of_units(wall_units) - self._monotonic

    def monotonic_ns(self) -> int:
        return self._monotonic

    def wall_ns(self) -> int:
        return self._monotonic + self._wall_offset

    def advance(self, seconds: float) -> None:
        """Let time pass, in seconds."""
        self._monotonic += round(seconds * 1_000_000_000)

    def advance_to(self, units: int) -> None:
        """Let time pass until the wall clock shows `units` since the epoch; never goes back."""
        self._monotonic = max(self._monotonic, ns_of_units(units) - self._wall_offset)

    def step_wall(self, seconds: float) -> None:
        """Set the wall clock forward or back, as a person or NTP would; monotonic time does not move."""
        self._wall_offset += round(seconds * 1_000_000_000)


def ns_of_units(units: int) -> int:
    """Nanoseconds in so many units, exact for whole ticks."""
    return units * 1_000_000_000 // SCALE
