"""Whether a feed is fit to show: measured facts, each for a time. Values in, values out, counted in ticks."""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self

from flow.rules import Rules

NEVER = 1_000_000_000
"""Ticks since the last picture of a feed that has not had one yet."""


class Fitness(IntEnum):
    """What a feed is good for, the best last.

    By the rules FIT alone may be on air, and FROZEN and BLACK where a channel wants them rather than the slate;
    LOBBY and LOST never. COLD is nothing that is wrong: it is not decoded, and could be.
    """

    LOST = 0
    COLD = 1
    LOBBY = 2
    BLACK = 3
    FROZEN = 4
    FIT = 5

    @property
    def bearable(self) -> bool:
        """Whether a channel may want it rather than the slate."""
        return self >= Fitness.BLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is seen of a feed in one tick; without `alive`, a tick of content, the rest says nothing. Of a `cold`
    one nothing is expected now; one that is `starting` has neither brought a picture nor failed yet; one that is
    `over` was played to its end."""

    alive: bool
    cold: bool = False
    starting: bool = False
    over: bool = False
    black: bool = False
    frozen: bool = False
    silent: bool = False
    lobby: bool = False


GONE = Sight(alive=False)
RESTING = Sight(alive=False, cold=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """For how many ticks, up to this one: `missing` without content, and each fact without a break; `well` ticks
    in a row it was fit. `fitness` is what they come to; `starting` and `over` are as in the last sight; nobody
    waits for what is over."""

    missing: int = NEVER
    black: int = 0
    still: int = 0
    silent: int = 0
    lobby: int = 0
    well: int = 0
    fitness: Fitness = Fitness.LOST
    starting: bool = False
    over: bool = False

    @property
    def unfit(self) -> str:
        """Why it is not fit to show, in a word; empty when it is."""
        if self.fitness is Fitness.FIT:
            return ""
        return "played" if self.over else self.fitness.name.lower()

    def after(self, sight: Sight, rules: Rules) -> Self:
        """The health after one tick more."""
        if sight.cold:
            return type(self)(fitness=Fitness.COLD)
        if not sight.alive:
            gone = replace(
                self, missing=min(self.missing + 1, NEVER), well=0, starting=sight.starting, over=sight.over,
            )
            return replace(gone, fitness=_judged(gone, rules))
        before = replace(self, black=0, still=0, silent=0, lobby=0) if self.missing > rules.loss else self
        now = replace(
            before, missing=0, starting=False, over=False,
            black=before.black + 1 if sight.black else 0,
            still=before.still + 1 if sight.frozen and sight.silent else 0,
            silent=before.silent + 1 if sight.silent else 0,
            lobby=before.lobby + 1 if sight.lobby else 0,
        )
        fitness = _judged(now, rules)
        return replace(now, fitness=fitness, well=self.well + 1 if fitness is Fitness.FIT else 0)


def _judged(health: Health, rules: Rules) -> Fitness:
    if health.over or health.missing > rules.loss:
        return Fitness.LOST
    if health.lobby > rules.lobby:
        return Fitness.LOBBY
    if health.black > rules.black:
        return Fitness.BLACK
    return Fitness.FROZEN if health.still > rules.frozen else Fitness.FIT
