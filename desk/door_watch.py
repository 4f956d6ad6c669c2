"""The headend's eye on the RTMP door: who was refused or shut out, as events and alarms, and the way back in.

    POST /api/v1/rtmp/unban   {"address", "who", "why"} -> {"lifted": [place, …]}

Without an address all who are shut out are let in.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import web

from desk.door_feeds import feed_at, key_of_feed
from desk.door_file import DoorState, wish_lifted
from desk.errors import RefusedError
from desk.lineup import Entry, Lineup
from desk.said import Said, said_in
from flow.clock import Clock
from flow.errors import OperatorError, ToolError
from flow.event import Event, EventKind, severity_of
from flow.feed import FeedState
from flow.timebase import units_of_ns, utc_text
from ingest.rtmp.bans import neighbourhood, network_of

LOOK = 1.0
"""Seconds between looks."""
PATIENCE = 5.0
"""Seconds that the door gets to let somebody in."""
_NOBODY = Said()


class DoorWatch:
    """Lives in the headend's event loop."""

    def __init__(self, *, run: Path, lineup: Lineup, clock: Clock) -> None:
        self._run = run
        self._lineup = lineup
        self._clock = clock
        self._known: DoorState | None = None
        self._lifting = asyncio.Lock()
        self._looking = asyncio.Lock()

    async def watch(self) -> None:
        """For ever."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Read what the door says, and note what is new. What was so before this headend is no news."""
        async with self._looking:  # or an older look might come after a newer one
            await self._look()

    async def _look(self) -> None:
        state = await asyncio.to_thread(DoorState.read, self._run)
        now = self._clock.wall_ns()  # a door that was killed leaves its file behind
        state = replace(state, banned={place: until for place, until in state.banned.items() if until > now})
        known, self._known = self._known, state
        if known is None:
            return
        heard = max(known.refused, default=0) if state.life == known.life else 0
        for number, address in state.refused.items():
            if number > heard and number in state.places:
                self._note_second(state.places[number], address)
            elif number > heard:
                self._note(EventKind.PUBLISHER_REFUSED, address)
        for place in state.banned.keys() - known.banned.keys():
            self._note(EventKind.PUBLISHER_BANNED, place)
        for place in known.banned.keys() - state.banned.keys():
            self._note(EventKind.PUBLISHER_BAN_OVER, place)

    def alarms(self, entry: Entry) -> list[str]:
        """Of a channel that waits for a publisher: who is shut out, each in a sentence."""
        if self._known is None or not _waits(entry):
            return []
        return [
            f"{place} is shut out of the RTMP door until {utc_text(units_of_ns(until))}, for wrong keys or knocks "
            f"that came to no point: mend what it sends, then `xacast feed unban {place}`"
            for place, until in sorted(self._known.banned.items())
        ]

    async def unban(self, address: str, said: Said = _NOBODY) -> list[str]:
        """Let an address knock again, or all with an empty one; the places that were let in.

        Raises RefusedError when it is not shut out, ToolError when the door does not do it.
        """
        async with self._lifting:
            await self.look()
            banned = self._known.banned if self._known else {}
            wanted = {address, neighbourhood(address), network_of(address)} if address else set(banned)
            places = sorted(wanted & banned.keys())
            if address and not places:
                problem = f"{address[:64]} is not shut out of the RTMP door"
                raise RefusedError(409, problem, f"Shut out are: {', '.join(sorted(banned)) or 'none'}")
            if places:
                await self._lift(places)
            for place in places:
                self._note(EventKind.UNBAN, place, said)
            return places

    async def _lift(self, places: list[str]) -> None:
        tool = "the RTMP door"
        try:
            await asyncio.to_thread(wish_lifted, self._run, places)
        except OSError as error:
            raise ToolError(tool, f"it cannot be asked: {error.strerror}") from error
        deadline = time.monotonic() + PATIENCE
        while self._known and self._known.banned.keys() & set(places):
            if time.monotonic() > deadline:
                raise ToolError(tool, "it does not answer; `xacast status` says whether it runs")
            await asyncio.sleep(0.05)
            await self.look()

    def routes(self, words: Callable[[web.Request], Awaitable[Any]]) -> list[web.AbstractRouteDef]:
        """Below the operators' listener; `words` reads a request's body."""
        async def unban(request: web.Request) -> web.Response:
            given = await words(request)
            if not isinstance(given, dict):
                problem = "what was sent is no JSON object"
                raise OperatorError(problem, "Send address, or an empty object for all")
            lifted = await self.unban(str(given.get("address", "")), said_in(given))
            return web.json_response({"lifted": lifted})

        return [web.post("/api/v1/rtmp/unban", unban)]

    def _note_second(self, stem: str, address: str) -> None:
        """Somebody has the key of a feed that has a publisher already (T-03)."""
        try:
            name, at = feed_at(stem)
        except ValueError:
            return
        if (entry := self._lineup.get(name)) and at < len(feeds := entry.declared.channel.feeds):
            data = {"address": address, "feed": at + 1, "shown": feeds[at].shown}
            self._tell(entry, EventKind.PUBLISHER_SECOND, data)

    def _note(self, kind: EventKind, address: str, said: Said = _NOBODY) -> None:
        """It may have meant any channel that has a publisher's feed."""
        data = {"address": address, **({"why": said.why} if said.why else {})}
        for entry in self._lineup:
            if not entry.declared.remote and any(key_of_feed(feed) for feed in entry.declared.channel.feeds):
                self._tell(entry, kind, data, said.who)

    def _tell(self, entry: Entry, kind: EventKind, data: dict[str, Any], who: str = "") -> None:
        self._lineup.events.note(Event(
            wall_ns=self._clock.wall_ns(), channel=entry.name, kind=kind, severity=severity_of(kind), who=who,
            data=data,
        ))


def _waits(entry: Entry) -> bool:
    """Whether a publisher's feed of the channel has none."""
    states = [feed.state for feed in entry.status.feeds] if entry.status else []
    return not entry.declared.remote and any(
        key_of_feed(feed) and (at >= len(states) or states[at] is not FeedState.LIVE)
        for at, feed in enumerate(entry.declared.channel.feeds)
    )
