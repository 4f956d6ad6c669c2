"""Whether slides have a place on the canvas, and which layout that makes. Values in, values out, counted in ticks.

Slides come and go as feeds do: by themselves they come once they have been fit for a while, and leave when they
are lost or show their lobby picture. After either nothing changes for a pause; the last slide stands meanwhile.
An operator's layout waits for no such health, and goes before the pause.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from flow.layout import Layout
from flow.rules import Rules
from ingest.switching.fitness import GONE, NEVER, Fitness, Health, Sight
from ingest.switching.switching import Show

KEPT = 125
"""Ticks for which the last slide stands when no picture comes: 5 s. Slides may come at a picture in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slides:
    """State between two ticks: `sight` of the newest picture, `missing` ticks since it came, `age` those since the
    start. `shown` says that they have a place, `rest` for how many ticks they neither come nor go by themselves.
    """

    sight: Sight = GONE
    missing: int = NEVER
    age: int = 0
    health: Health = field(default_factory=Health)
    shown: bool = False
    rest: int = 0

    def after(self, sight: Sight, rules: Rules, *, ordered: bool) -> Self:
        """After a tick in which that was seen of them; `ordered` says that an operator's layout has them in it."""
        missing = 0 if sight.alive else min(self.missing + 1, NEVER)
        last = sight if sight.alive else self.sight
        standing = last if missing < KEPT else GONE
        health = self.health.after(standing, rules)
        rest = max(0, self.rest - 1)
        shown, fit = self.shown, health.fitness is Fitness.FIT
        if not rest:
            ready = not standing.lobby and health.well >= (1 if ordered else max(1, rules.health))
            shown = fit and (shown or ready)
        return replace(
            self, sight=last, missing=missing, age=min(self.age + 1, NEVER), health=health, shown=shown,
            rest=rest if shown is self.shown else rules.pause,
        )

    def told(self, wish: Layout) -> Self:
        """After an operator's word: a layout with slides waits for no pause."""
        return replace(self, rest=0) if ordered(wish) else self


def rules_of_slides(rules: Rules) -> Rules:
    """A channel's rules as they hold for its slides: that the last one stands for a while is counted here."""
    return replace(rules, loss=0)


def ordered(wish: Layout) -> bool:
    """Whether an operator's layout has slides in it."""
    return wish not in (Layout.AUTO, Layout.SPEAKER)


def layout_now(wish: Layout, slides: Slides, show: Show, *, cut: bool) -> Layout:
    """Which layout is shown; `show` is what is shown of the speaker, `cut` that an operator wants the slate.

    Without slides, and after a cut, it is the speaker's picture alone, or what stands in for it.
    """
    if cut or not slides.shown or wish is Layout.SPEAKER:
        return Layout.SPEAKER
    # A slate in a corner says nothing: while the speaker is lost the slides have the canvas. A picture that is
    # held for a moment stays where it is.
    if show is Show.SLATE:
        return Layout.SLIDES
    return Layout.SIDE if wish is Layout.AUTO else wish
