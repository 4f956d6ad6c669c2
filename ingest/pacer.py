"""When ticks are due: anchored once to the wall clock, then driven by the monotonic clock alone."""

from dataclasses import dataclass
from typing import Self

TICK_NS = 40_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacer:
    """Places ticks of the epoch grid on the monotonic clock. `next` is the first tick not yet emitted.

    Deadlines are absolute, so lateness never adds up; a step of the wall clock moves nothing.
    """

    anchor_ns: int
    """The monotonic clock's reading at the Unix epoch, as it was known at the start."""

    next: int

    @classmethod
    def starting(cls, *, wall_ns: int, monotonic_ns: int) -> Self:
        """A pacer whose first tick is the first one not yet begun at `wall_ns`."""
        return cls(anchor_ns=monotonic_ns - wall_ns, next=-(-wall_ns // TICK_NS))

    def due(self, monotonic_ns: int) -> int:
        """How many ticks should be emitted by now: 0 or 1 in good times, all the missed ones after a stall."""
        return max(0, (monotonic_ns - self.anchor_ns) // TICK_NS - self.next + 1)

    def wait_ns(self, monotonic_ns: int) -> int:
        """How long until the next tick is due; 0 when it is."""
        return max(0, self.deadline_ns(self.next) - monotonic_ns)

    def deadline_ns(self, index: int) -> int:
        """When a tick is due on the monotonic clock: at its start on the grid."""
        return self.anchor_ns + index * TICK_NS

    def emitted(self, count: int = 1) -> Self:
        """The pacer after so many ticks."""
        return type(self)(anchor_ns=self.anchor_ns, next=self.next + count)
