"""What a fresh feed brings too late to be shown in time, found within its first seconds. Values in, values out.

A server that keeps pictures for newcomers, or a decoder that begins slowly, brings old media first and quickly:
the first ticks are shown before the last of it has come, and all that follows would wait as long.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from ingest.playout.fill import Row

OVER = 200
"""Ticks for which a feed is fresh: 8 s."""
RUSH = 10
"""Ticks after the start that say nothing: what is old still comes."""
LOOK = 25
"""Ticks that are looked at: 1 s, more than any sender keeps before it sends it at once."""
SOME = LOOK // 2
"""Pictures, and ticks of sound, that must have come meanwhile: of slow slides nothing is known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """Since the feed was first shown. Delays are in samples, from the coming of a tick to its showing."""

    ticks: int = 0
    sound: Row = field(default_factory=Row)
    pictures: Row = field(default_factory=Row)

    def heard(self, delay: int) -> Self:
        """One tick of sound."""
        return self if self.ticks < RUSH else replace(self, sound=self.sound.and_one(delay))

    def seen(self, delay: int) -> Self:
        """One picture."""
        return self if self.ticks < RUSH else replace(self, pictures=self.pictures.and_one(delay))

    def anew(self) -> Self:
        """What was looked at says nothing any more: it is as old as it was."""
        return type(self)(ticks=self.ticks)

    @property
    def over(self) -> bool:
        """Whether the feed is fresh no more."""
        return self.ticks > OVER

    def after(self, target: int, *, listening: bool) -> tuple[Self, int]:
        """The state after one tick on air, and how many samples even the latest of a second came too early."""
        now = replace(self, ticks=self.ticks + 1)
        if now.ticks <= RUSH or (now.ticks - RUSH) % LOOK:
            return now, 0
        known = [now.pictures, now.sound] if listening else [now.pictures]
        spare = min(row.least for row in known) - target if all(row.count >= SOME for row in known) else 0
        return type(self)(ticks=now.ticks), spare
