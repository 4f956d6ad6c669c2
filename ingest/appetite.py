"""Whether a decoder computes and computes and gives no picture, as one does that hangs in a loop (F-02, T-06).

Values in, values out. A decoder that waits for packets, for a key picture or for its reader computes next to
nothing; one that gives pictures may take what it needs: 2160p is no crime.
"""

from dataclasses import dataclass
from typing import Self

WINDOW_NS = 4_000_000_000
"""Nanoseconds of monotonic time over which is measured. Five such lives make a quarantine, pauses included."""
CORES = 0.5
"""Of one core: a loop of one thread gets at least that, but on a machine that is too small for its channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appetite:
    """What was known when the measuring began: the time, the processor time used by then, both in nanoseconds, and
    the pictures given."""

    began_ns: int
    used_ns: int = 0
    pictures: int = 0

    def after(self, now_ns: int, used_ns: int, pictures: int) -> tuple[Self, bool]:
        """After another look: whether it must be taken for hung in a loop."""
        lasted = now_ns - self.began_ns
        if pictures == self.pictures and lasted < WINDOW_NS:
            return self, False
        hungry = pictures == self.pictures and used_ns - self.used_ns > CORES * lasted
        return type(self)(began_ns=now_ns, used_ns=used_ns, pictures=pictures), hungry
