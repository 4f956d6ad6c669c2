"""What operators do to a channel as a whole, told by the headend: its worker tells what is done on air."""

from typing import Any

from desk.event_log import EventLog
from desk.said import Said
from flow.channel import Channel
from flow.clock import Clock
from flow.event import Event, EventKind, severity_of
from flow.ids import ChannelId

OF_FEEDS = {
    "learn-lobby": EventKind.LOBBY_LEARNT, "forget-lobby": EventKind.LOBBY_FORGOTTEN, "retry": EventKind.RETRY,
    "preview": EventKind.PREVIEW,
}
"""What is asked of a feed; see `desk/feed_requests.py`."""
ONE_LOOK_NS = 10_000_000_000
"""Who looks at the same feed again within this time is still at it: a page that shows previews fills no log."""


class Deeds:
    """Writes them into the event log."""

    def __init__(self, events: EventLog, clock: Clock) -> None:
        self._events = events
        self._clock = clock
        self._looks: dict[tuple[str, str, str], int] = {}

    def started(self, channel: Channel, said: Said) -> None:
        """Somebody declared it, with what comes in and what is made of it."""
        feeds = (feed.shown for feed in channel.feeds)
        made = ", ".join([*feeds, channel.ladder.name, channel.profile.name])
        self._note(channel.id, EventKind.DECLARED, said, {"changes": made})

    def stopped(self, name: ChannelId, said: Said) -> None:
        """Somebody took it off."""
        self._note(name, EventKind.STOPPED, said)

    def set(self, channel: Channel, changes: str, said: Said) -> None:
        """Somebody changed its settings; `changes` is what is another now."""
        self._note(channel.id, EventKind.SETTINGS, said, {"changes": changes})

    def asked(self, channel: Channel, do: str, at: int, said: Said) -> None:
        """Somebody had something done with its feed `at`, from 0, or looked at it: one look is told once."""
        if do not in OF_FEEDS:
            return
        feed = channel.feeds[at]
        if do != "preview" or self._begins(channel.id, feed.shown, said):
            self._note(channel.id, OF_FEEDS[do], said, {"feed": at + 1, "shown": feed.shown})

    def _begins(self, name: ChannelId, shown: str, said: Said) -> bool:
        """Whether it is another look than the one before; one with a reason always is."""
        now = self._clock.monotonic_ns()
        self._looks = {look: at for look, at in self._looks.items() if now - at < ONE_LOOK_NS}
        look = (name, shown, said.who)
        begins = look not in self._looks or bool(said.why)
        self._looks[look] = now
        return begins

    def _note(
        self, name: ChannelId, kind: EventKind, said: Said, data: dict[str, Any] | None = None,
    ) -> None:
        why = {"why": said.why} if said.why else {}
        self._events.note(Event(
            wall_ns=self._clock.wall_ns(), channel=name, kind=kind, severity=severity_of(kind), who=said.who,
            data={**(data or {}), **why},
        ))
