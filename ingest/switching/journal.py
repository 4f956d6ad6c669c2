"""Tells what happened in a tick as events: values in, values out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flow.curtain import Curtain
from flow.event import Event, EventKind, Severity, severity_of
from flow.feed import Feed
from ingest.notices import Notice
from ingest.pacer import TICK_NS
from ingest.switching.fitness import Fitness, Health
from ingest.switching.happening import Happening
from ingest.switching.orders import Order
from ingest.switching.switching import Show, Switching, kept_off
from ingest.switching.wish import Do, Wish

_KINDS = {Do.TAKE: EventKind.TAKE, Do.HOLD: EventKind.HOLD, Do.RELEASE: EventKind.RELEASE, Do.CUT: EventKind.CUT,
          Do.LAYOUT: EventKind.LAYOUT, Do.CAPTION: EventKind.CAPTION}
_STATES = {"rehearsal": EventKind.REHEARSAL, "on-air": EventKind.PROGRAMME_ON, "after": EventKind.PROGRAMME_OVER}
"""By the schedule's word: what it comes to. Where it says nothing, the operator has the picture."""
_REASONS = {
    Fitness.LOST: "lost", Fitness.LOBBY: "lobby", Fitness.BLACK: "black", Fitness.FROZEN: "frozen",
    Fitness.FIT: "better", Fitness.COLD: "lost",
}
RESTORED, AWAITED = "restored", "awaited"
"""How an order came to be in effect, where nobody gave it just now."""
PAUSED = "paused"
"""How the slate came on air although a feed is fit: the pause between two switches is not over yet."""
_SLATED = {Fitness.LOBBY: "lobby", Fitness.BLACK: "alone-black", Fitness.FROZEN: "alone-frozen"}
"""Why the slate is on air in place of a feed that goes on."""

_SEVERITIES = {
    "cut": Severity.INFO, "schedule": Severity.INFO, "played": Severity.INFO, "speaker-away": Severity.ALARM,
}
"""By reason: the slate that an operator or the schedule wanted alarms nobody, nor does what follows a film; slides
in silence in place of the slate do."""


class Journal:
    """Knows the channel and its feeds by name; an event's feeds count from 1, as people count."""

    def __init__(self, channel: str, feeds: Sequence[Feed]) -> None:
        self._channel = channel
        self._feeds = tuple(feeds)

    def obeyed(self, order: Order, before: Switching, after: Switching, wall_ns: int) -> Event:
        """That an operator's order is in effect; or, of a feed that is not there yet, will be."""
        data = {"why": order.why} if order.why else {}
        if order.restored:
            data |= {"how": RESTORED}
        if order.wish.do is Do.TAKE:
            data |= self._named(order.wish.feed)
        elif order.wish.do is Do.LAYOUT:
            data |= {"layout": str(order.wish.layout)}
        elif order.wish.do is Do.CAPTION:
            data |= {"text": order.wish.text}
        elif order.wish.do is Do.CURTAIN:
            data |= _of(order.wish.curtain)
        if before.feed is not None and before.show is not Show.SLATE:
            data |= self._named(before.feed, "from", "from_shown")
        later = order.wish.do is Do.TAKE and after.awaited == order.wish.feed
        kind = EventKind.TAKE_LATER if later else _kind(order.wish)
        return self._event(kind, wall_ns, data, order.who)

    def told(self, happened: Sequence[Happening], after: Switching, wall_ns: int) -> tuple[Event, ...]:
        """That things happened by themselves."""
        events = (self._event(one.kind, wall_ns, self._data(one, after)) for one in happened)
        return tuple(
            replace(event, severity=_SEVERITIES.get(event.data.get("reason", ""), event.severity))
            for event in events
        )

    def noticed(self, feed: int, notice: Notice, wall_ns: int) -> Event:
        """That a feed's carrier or decoder noticed something."""
        said = "reason" if notice.kind is EventKind.CALLER_REFUSED else "why"
        return self._event(notice.kind, wall_ns, {**self._named(feed), said: notice.said})

    def _data(self, one: Happening, after: Switching) -> dict[str, Any]:
        data = {} if one.feed is None else self._named(one.feed)
        if one.origin is not None:
            data |= self._named(one.origin, "from", "from_shown")
            over = after.health[one.origin].over
            data["reason"] = "played" if over else _REASONS[_fitness(after.health, one.origin)]
        if one.kind is EventKind.SLATE_ON:
            data |= self._slated(one.feed, after)
        if one.kind is EventKind.TAKE:  # by itself: somebody wanted it before it had a picture
            data["how"] = AWAITED
        if one.layout is not None:
            data |= {"layout": str(one.layout), "reason": one.reason}
        return data

    def _slated(self, feed: int | None, after: Switching) -> dict[str, Any]:
        """Why the slate is on air in place of that feed. That no other is fit is said only where it is so."""
        health = Health() if feed is None else after.health[feed]
        kept = kept_off(after) if feed == after.feed else None
        if kept is not None:
            at, ticks = kept
            return {
                "reason": _REASONS[health.fitness], "how": PAUSED, **self._named(at, "next", "next_shown"),
                "seconds": -(-ticks * TICK_NS // 1_000_000_000),
            }
        lost = "lost" if not health.over else "held-played" if after.hold else "alone-played"
        if after.covered:
            return {"reason": "cut" if after.cut else "schedule"}
        return {"reason": _SLATED.get(health.fitness, lost)}

    def _named(self, at: int, number: str = "feed", shown: str = "shown") -> dict[str, Any]:
        return {number: at + 1, shown: self._feeds[at].shown}

    def _event(self, kind: EventKind, wall_ns: int, data: dict[str, Any], who: str = "") -> Event:
        return Event(
            wall_ns=wall_ns, channel=self._channel, kind=kind, severity=severity_of(kind), who=who, data=data,
        )


def _kind(wish: Wish) -> EventKind:
    if wish.do is Do.CURTAIN:
        return _STATES.get(wish.curtain.state, EventKind.SCHEDULE_OFF)
    return _KINDS[wish.do]


def _of(curtain: Curtain) -> dict[str, Any]:
    """The programme of which the schedule speaks."""
    _, _, programme = curtain.key.partition(":")
    return {"programme": programme, "text": curtain.title} if programme else {}


def _fitness(health: Sequence[Health], at: int) -> Fitness:
    return health[at].fitness
