"""Which cold feeds are decoded: those that are needed now, or were a moment ago. Values in, values out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Self

from ingest.switching.fitness import Fitness
from ingest.switching.switching import Switching

SOON = 125
"""Ticks for which one that has just begun keeps those behind it from being started: most are there in less."""
COMING = 250
"""Ticks that a cold feed has for its first picture; one that takes longer is lost."""
LINGER = 750
"""Ticks for which a cold feed goes on when it is not needed any more: half a minute, lest one in front of it that
comes and goes starts and stops it all the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmth:
    """One feed. `cold` is what the operator said of it, `running` that it is decoded, for `age` ticks by now;
    `came` says that it has brought a picture since it was started, `idle` for how long it was not needed."""

    cold: bool
    running: bool
    came: bool = False
    age: int = 0
    idle: int = 0

    @classmethod
    def of(cls, *, cold: bool) -> Self:
        """Before the first tick."""
        return cls(cold=cold, running=not cold)

    @property
    def soon(self) -> bool:
        """Whether its first picture may come any moment."""
        return self.coming and self.age < SOON

    @property
    def coming(self) -> bool:
        """Whether its first picture is still to be expected."""
        return self.running and not self.came and self.age < COMING

    @property
    def resting(self) -> bool:
        """Whether it is no fault of a cold feed's that nothing comes of it."""
        return self.cold and (self.coming or not self.running)

    def told(self, *, cold: bool) -> Self:
        """After the operator has said so of it. One that is cold no longer counts as cold until it has come, or
        ought to have: that it shows nothing before is no fault."""
        return self if self.resting and not cold else replace(self, cold=cold)

    def after(self, *, needed: bool, alive: bool) -> Self:
        """The state after one tick more."""
        if not self.cold or self.running:
            lived = replace(self, age=self.age + 1, came=self.came or alive, idle=0 if needed else self.idle + 1)
            return lived if not self.cold or lived.idle <= LINGER else type(self).of(cold=True)
        return replace(self, running=True) if needed else self


def warmed(
    before: Sequence[Warmth], state: Switching, alive: Sequence[bool], asked: Collection[int] = (),
) -> tuple[Warmth, ...]:
    """The state of all feeds after a tick. `asked` are those that an operator wants to see.

    A feed is needed while it is on air or to be taken, and while none in front of it is fit or may be in a moment.
    """
    after: list[Warmth] = []
    front = False
    for at, warmth in enumerate(before):
        needed = not front or at in asked or at in (state.feed, state.awaited)
        now = warmth.after(needed=needed, alive=alive[at])
        after.append(now)
        front = front or now.soon or state.health[at].fitness is Fitness.FIT
    return tuple(after)
