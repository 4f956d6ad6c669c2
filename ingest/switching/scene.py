"""What viewers see of speaker and slides, from tick to tick, and what of it is worth telling. No I/O, no clock."""

from dataclasses import dataclass, field, replace
from typing import Self

from flow.event import EventKind
from flow.layout import Layout
from flow.rules import Rules
from ingest.switching.fitness import NEVER, Fitness, Sight
from ingest.switching.happening import Happening, feed_news
from ingest.switching.slides import Slides, layout_now, ordered
from ingest.switching.switching import Show, Switching, bared

AWAITED = 250
"""Ticks from the start after which slides that have never come are told as missing."""

_SLATE = (EventKind.SLATE_ON, EventKind.SLATE_OFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The last tick: what it showed of the main feeds (`state`), and in which `layout`.

    `wish` is the layout that an operator wants, `orders` counts how often one was named. `layout_at` and `fit_at`
    are the ticks since which the layout and the slides' fitness are what they are, 0 before the first.
    """

    slides: Slides = field(default_factory=Slides)
    state: Switching = field(default_factory=Switching)
    wish: Layout = Layout.AUTO
    orders: int = 0
    layout: Layout = Layout.SPEAKER
    layout_at: int = 0
    fit_at: int = 0

    def ordered(self, wish: Layout) -> Self:
        """After an operator's word."""
        return replace(self, wish=wish, orders=self.orders + 1, slides=self.slides.told(wish))

    def after(self, index: int, sight: Sight, state: Switching, rules: Rules) -> Self:
        """After the tick of that place; `sight` is what is seen of the slides, `rules` hold for slides."""
        slides = self.slides.after(sight, rules, ordered=ordered(self.wish))
        layout = layout_now(self.wish, slides, state.show, cut=state.covered)
        same_fitness = self.fit_at and slides.health.fitness is self.slides.health.fitness
        return replace(
            self, slides=slides, state=state, layout=layout,
            layout_at=self.layout_at if self.layout_at and layout is self.layout else index,
            fit_at=self.fit_at if same_fitness else index,
        )

    @property
    def alone(self) -> bool:
        """Whether slides stand where the slate would."""
        return self.state.show is Show.SLATE and self.layout is Layout.SLIDES

    @property
    def shown(self) -> bool:
        """Whether viewers see slides."""
        return self.layout is not Layout.SPEAKER

    @property
    def unfit(self) -> str:
        """Why the slides are not fit to show, as in a feed's status."""
        fitness = self.slides.health.fitness
        return "" if fitness is Fitness.FIT else fitness.name.lower()

    @property
    def slate(self) -> bool:
        """Whether the slate is what viewers see."""
        return self.state.show is Show.SLATE and not self.alone


def scene_news(
    before: Scene, now: Scene, happened: tuple[Happening, ...], rules: Rules, *, feed: int,
) -> tuple[Happening, ...]:
    """What happened in a tick. `happened` is what befell the main feeds, `feed` the number of the slides' one.

    The slate is told only when viewers see it: where slides stand in its place, the layout's change is told.
    """
    told = [one for one in happened if one.kind not in _SLATE]
    news = feed_news((before.slides.health,), (now.slides.health,), rules)
    told += [replace(one, feed=feed) for one in news]
    if now.slides.missing == NEVER and before.slides.age < AWAITED <= now.slides.age:
        told.append(Happening(kind=EventKind.SLIDES_MISSING, feed=feed))
    if now.slate and (not before.slate or bared(before.state, now.state)):
        told.append(Happening(kind=EventKind.SLATE_ON, feed=before.state.feed))
    if before.slate and not now.slate:
        told.append(Happening(kind=EventKind.SLATE_OFF, feed=feed if now.alone else now.state.feed))
    by_order = now.orders != before.orders or now.state.covered is not before.state.covered
    if now.layout is not before.layout and not by_order:
        told.append(Happening(kind=EventKind.LAYOUT_CHANGED, layout=now.layout, reason=_reason(before, now)))
    return tuple(told)


def _reason(before: Scene, now: Scene) -> str:
    if now.slides.shown is before.slides.shown:
        return "speaker-away" if now.state.show is Show.SLATE else "speaker-back"
    if now.slides.shown:
        return "slides-came"
    return "slides-lobby" if now.slides.health.fitness is Fitness.LOBBY else "slides-lost"
