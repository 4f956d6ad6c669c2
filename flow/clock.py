"""The clock that rooms are given; tests step one by hand."""

from typing import Protocol


class Clock(Protocol):
    """Two readings of time: one that never steps, one that people and epochs share."""

    def monotonic_ns(self) -> int:
        """Nanoseconds from an arbitrary start; never goes back, never jumps."""
        ...

    def wall_ns(self) -> int:
        """Nanoseconds since the Unix epoch; may step when the machine's clock is set."""
        ...
