"""Who was turned away at the gate with a good token: told to the operator, once in a while of each site."""

from desk.event_log import EventLog
from flow.clock import Clock
from flow.event import Event, EventKind, severity_of
from flow.guests import Turned

_KINDS = {Turned.ELSEWHERE: EventKind.SITE_ELSEWHERE, Turned.CROWDED: EventKind.SITE_CROWDED}
AGAIN = 600_000_000_000
"""Nanoseconds until the same is told of a site again: a player that is refused asks each few seconds."""


class TurnedAway:
    """Writes it into the event log. Lives in the event loop."""

    def __init__(self, events: EventLog, clock: Clock) -> None:
        self._events = events
        self._clock = clock
        self._said: dict[tuple[Turned, str], tuple[int, str]] = {}

    def told(self, why: Turned, site: str, channel: str, address: str | None) -> None:
        """Satisfies `flow.guests.Told`."""
        now = self._clock.monotonic_ns()
        last = self._said.get((why, site))
        if last is not None and now - last[0] < AGAIN:
            return
        self._said = {one: seen for one, seen in self._said.items() if now - seen[0] < AGAIN}
        self._said[why, site] = now, channel
        kind = _KINDS[why]
        self._events.note(Event(
            wall_ns=self._clock.wall_ns(), channel=channel, kind=kind, severity=severity_of(kind),
            data={"site": site, "address": address or "?"},
        ))

    def alarms(self, channel: str) -> list[str]:
        """What `xacast status` says of a channel while halls are turned away by their address."""
        now = self._clock.monotonic_ns()
        count = sum(
            1 for (why, _), (at, of) in self._said.items()
            if why is Turned.ELSEWHERE and of == channel and now - at < AGAIN
        )
        if not count:
            return []
        who = "a site was" if count == 1 else f"{count} sites were"
        told = f"{who} turned away by the address lately: `xacast events {channel}` says which and whence"
        return [f"{told}, `xacast region allow` from where a region's may watch"]
