"""What happened in a tick, and what of it befell the feeds. Values in, values out."""

from dataclasses import dataclass

from flow.event import EventKind
from flow.layout import Layout
from flow.rules import Rules
from ingest.switching.fitness import Fitness, Health


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened in a tick; feeds count from 0. A `layout` came for that `reason`."""

    kind: EventKind
    feed: int | None = None
    origin: int | None = None
    layout: Layout | None = None
    reason: str = ""


def feed_news(before: tuple[Health, ...], after: tuple[Health, ...], rules: Rules) -> tuple[Happening, ...]:
    """What happened to the feeds."""
    kinds = {
        Fitness.LOST: EventKind.FEED_LOST, Fitness.LOBBY: EventKind.LOBBY, Fitness.BLACK: EventKind.BLACK,
        Fitness.FROZEN: EventKind.FROZEN, Fitness.FIT: EventKind.CLEAR,
    }
    told = []
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if new.fitness is not old.fitness and new.fitness is not Fitness.COLD:
            back = old.fitness <= Fitness.COLD < new.fitness
            kind = EventKind.FEED_BACK if back else EventKind.PLAYED if new.over else kinds[new.fitness]
            told.append(Happening(kind=kind, feed=at))
        if new.silent == rules.silent + 1 and old.silent == rules.silent:
            told.append(Happening(kind=EventKind.SILENT, feed=at))
        if old.silent > rules.silent and not new.silent and not new.missing:
            told.append(Happening(kind=EventKind.SOUND_BACK, feed=at))
    return tuple(told)
