"""How long media wait between coming and being shown, judged over seconds: bursts are no drift. No clock."""

from dataclasses import dataclass, replace
from typing import Self

from flow.timebase import SCALE

WINDOW = 100
"""Ticks over which delay is judged: 4 s."""
MARGIN = SCALE * 80 // 1_000
"""Samples by which even the latest of a window should come before it is shown: 80 ms. What arrives in long bursts
waits longer than the set delay for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Samples by which a window's delay was too long (or, negative, too short), how many of them were never used
    in all of it, so that a jump can take them away at once, and the mean delay itself."""

    mean: int
    error: int
    spare: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """What was seen since the window began. Delays are in samples, from the coming of a tick to its showing.

    `heard` is fed by what comes evenly: sound, or the pictures of a feed without sound. Of pictures beside sound
    the earliest counts: those of a slow slide come all at once, and only the last of them in its time.
    """

    ticks: int = 0
    count: int = 0
    total: int = 0
    least: int = 0
    earliest: int | None = None
    known: int | None = None
    """The earliest picture of the last window that had one."""

    def heard(self, delay: int) -> Self:
        """One tick of what comes evenly."""
        least = min(self.least, delay) if self.count else delay
        return replace(self, count=self.count + 1, total=self.total + delay, least=least)

    def seen(self, delay: int) -> Self:
        """One picture beside sound."""
        return replace(self, earliest=delay if self.earliest is None else max(self.earliest, delay))

    def after(self, target: int) -> tuple[Self, Verdict | None]:
        """The state after one tick on air, and the verdict when a window is over and something came in it."""
        if self.ticks + 1 < WINDOW:
            return replace(self, ticks=self.ticks + 1), None
        known = self.known if self.earliest is None else self.earliest
        fresh = type(self)(known=known)
        if not self.count:
            return fresh, None
        mean = self.total // self.count
        error = min(mean - target, self.least - min(MARGIN, target // 2))
        spare = self.least - target
        if known is not None:
            error, spare = min(error, known - target), min(spare, known - target)
        return fresh, Verdict(mean=mean, error=error, spare=spare)
