"""Whether a programme still makes ticks, from looks at their count."""

from dataclasses import dataclass
from typing import Self

LONGEST = 5
"""Looks in a row without a new tick. Looks are counted, not seconds: a process that was stopped as a whole for a
minute has looked once, and goes on."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the last look saw: the count, and for how many looks it has been the same."""

    ticks: int = 0
    still: int = 0

    def look(self, ticks: int) -> Self:
        """After one more look."""
        return type(self)(ticks, self.still + 1 if ticks == self.ticks else 0)

    @property
    def dead(self) -> bool:
        """Whether no tick is to be expected any more."""
        return self.still >= LONGEST
