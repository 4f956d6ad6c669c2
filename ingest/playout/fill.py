"""How long media wait between coming and being shown, judged over seconds: bursts are no drift. No clock."""

from dataclasses import dataclass, field, replace
from typing import Self

from flow.timebase import SCALE

WINDOW = 100
"""Ticks over which delay is judged: 4 s."""
MARGIN = SCALE * 80 // 1_000
"""Samples by which even the latest of a window should come before it is shown: 80 ms. What arrives in long bursts
waits longer than the set delay for that."""
SLIDES = SCALE * 400 // 1_000
"""Samples of delay between the latest and the earliest picture from which they are slides, with which the decoder
fills a gap all at once: 400 ms. Only the last of them comes in its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Samples by which a window's delay was too long (or, negative, too short), how many of them were never used
    in all of it, so that a jump can take them away at once, and the mean delay itself,
    of whatever comes last."""

    mean: int
    error: int
    spare: int

    def and_as_well(self, other: "Verdict | None") -> "Verdict":
        """On both together: whichever comes later."""
        if other is None:
            return self
        return Verdict(
            mean=min(self.mean, other.mean), error=min(self.error, other.error),
            spare=min(self.spare, other.spare),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Delays of one kind."""

    count: int = 0
    total: int = 0
    least: int = 0
    most: int = 0

    def and_one(self, delay: int) -> Self:
        """With one more."""
        least, most = (min(self.least, delay), max(self.most, delay)) if self.count else (delay, delay)
        return replace(self, count=self.count + 1, total=self.total + delay, least=least, most=most)

    @property
    def mean(self) -> int:
        """Rounded down."""
        return self.total // self.count

    def verdict(self, target: int) -> Verdict:
        """On what comes evenly, or in bursts that must not run dry."""
        error = min(self.mean - target, self.least - min(MARGIN, target // 2))
        return Verdict(mean=self.mean, error=error, spare=self.least - target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """What was seen since the window began. Delays are in samples, from the coming of a tick to its showing.

    What everything else waits for leads: sound, or the pictures of a feed without sound.
    """

    ticks: int = 0
    leading: Row = field(default_factory=Row)
    pictures: Row = field(default_factory=Row)
    known: Verdict | None = None
    """On the pictures of the last window that had some."""
    spoke: bool = False
    spoken: Verdict | None = None
    """On the sound of the last window that had some: while it is away its need still holds, since pictures that
    were shown sooner would have to stand until it is back in step (F-13)."""

    def heard(self, delay: int) -> Self:
        """One tick of sound."""
        return replace(self, leading=self.leading.and_one(delay), spoke=True)

    def alone(self, delay: int) -> Self:
        """One picture without sound beside it."""
        return replace(self, leading=self.leading.and_one(delay))

    def seen(self, delay: int) -> Self:
        """One picture beside sound."""
        return replace(self, pictures=self.pictures.and_one(delay))

    def after(self, target: int) -> tuple[Self, Verdict | None]:
        """The state after one tick on air, and the verdict when a window is over and something came in it."""
        if self.ticks + 1 < WINDOW:
            return replace(self, ticks=self.ticks + 1), None
        known = self._pictured(target)
        if not self.leading.count:
            return type(self)(known=known, spoken=self.spoken), None
        verdict = self.leading.verdict(target)
        spoken = verdict if self.spoke else self.spoken
        verdict = verdict.and_as_well(known).and_as_well(spoken)
        return type(self)(known=known, spoken=spoken), verdict

    def _pictured(self, target: int) -> Verdict | None:
        row = self.pictures
        if not row.count:
            return self.known
        if row.most - row.least > SLIDES:
            return Verdict(mean=row.most, error=row.most - target, spare=row.most - target)
        return row.verdict(target)
