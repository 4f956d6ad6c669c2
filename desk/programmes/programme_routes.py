"""Programmes over the control API.

    GET   /api/v1/programmes?channel=&from=&to=&cancelled=   {"programmes": […]}, today's and later unless said
    POST  /api/v1/programmes                    the words of `desk/programmes/programme_words.py`
                                                -> 201, {"programmes": […]}, several of a series
    GET   /api/v1/programmes/<id>               programme, with how many sites are invited
    PATCH /api/v1/programmes/<id>               some of those words -> programme
    POST  /api/v1/programmes/<id>/cancel        {"series": false} -> {"programmes": […]}
    GET   /api/v1/channels/<name>/timetable     {"state", "programme", "following", "changes"}
    POST  /api/v1/channels/<name>/programme/start    {"title", "title_en", "audience", "invite", "exclude"},
                                                {"programme": id} or nothing -> programme
    POST  /api/v1/channels/<name>/programme/stop     -> programme
    POST  /api/v1/channels/<name>/programme/extend   {"by_s"}, {"to"} or {"open": true} -> programme

What changes something takes "who" and "why" too. All is done in threads; without the database it is refused.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Any

from aiohttp import web

from desk.database.door import DatabaseDoor
from desk.errors import RefusedError
from desk.json_request import json_of
from desk.people.person import person_of
from desk.programmes.deed_words import EXTEND, START, checked
from desk.said import Said, said_in
from flow.clock import Clock
from flow.errors import OperatorError
from flow.event import Event, EventKind, severity_of
from flow.ids import ChannelId, channel_id

_log = logging.getLogger(__name__)
_NS = 1_000_000_000


class ProgrammeRoutes:
    """The handlers. What needs the database's library is imported when it is first asked for."""

    def __init__(
        self, door: DatabaseDoor, clock: Clock, zone: tzinfo, told: Callable[[], Awaitable[None]], *,
        on: Callable[[ChannelId], bool], tell: Callable[[Event], None] = lambda _event: None,
    ) -> None:
        """`on` says whether there is such a channel; `told` is waited for when the schedule has changed: an answer
        means that it holds. `tell` takes what was done."""
        self._tell = tell
        self._door = door
        self._clock = clock
        self._zone = zone
        self._on = on
        self._told = told

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        channel = "/api/v1/channels/{name}"
        return [
            web.get("/api/v1/programmes", self.index),
            web.post("/api/v1/programmes", self.add),
            web.get("/api/v1/programmes/{programme}", self.show),
            web.patch("/api/v1/programmes/{programme}", self.change),
            web.post("/api/v1/programmes/{programme}/cancel", self.cancel),
            web.get(f"{channel}/timetable", self.timetable),
            web.post(f"{channel}/programme/start", self.start),
            web.post(f"{channel}/programme/stop", self.stop),
            web.post(f"{channel}/programme/extend", self.extend),
        ]

    async def index(self, request: web.Request) -> web.Response:
        """Programmes that are asked for."""
        from desk.programmes.programme_changes import listed  # noqa: PLC0415

        words, now_s, runs = dict(request.query), self._now_s(), person_of(request).runs
        return web.json_response(await self._door.ask(
            lambda database: listed(database, words, self._zone, now_s, runs),
        ))

    async def show(self, request: web.Request) -> web.Response:
        """One programme."""
        from desk.programmes.programme_changes import told  # noqa: PLC0415

        name, now_s = request.match_info["programme"], self._now_s()
        return web.json_response(await self._door.ask(lambda database: told(database, name, self._zone, now_s)))

    async def add(self, request: web.Request) -> web.Response:
        """A new one, or a series."""
        from desk.programmes.programme_changes import added  # noqa: PLC0415

        words, said = await _words(request)
        now_s = self._now_s()
        within = person_of(request).region
        made = await self._door.ask(lambda database: added(database, words, self._zone, now_s, within))
        await self._note(said, "added", made["programmes"])
        return web.json_response(made, status=201)

    async def change(self, request: web.Request) -> web.Response:
        """Other words of one."""
        from desk.programmes.programme_changes import changed  # noqa: PLC0415

        words, said = await _words(request)
        name, now_s = request.match_info["programme"], self._now_s()
        within = person_of(request).region
        one = await self._door.ask(lambda database: changed(database, name, words, self._zone, now_s, within))
        await self._note(said, "changed", [one])
        return web.json_response(one)

    async def cancel(self, request: web.Request) -> web.Response:
        """One does not come, or all of a series from it on."""
        from desk.programmes.programme_changes import cancelled  # noqa: PLC0415

        words, said = await _words(request)
        series = bool(checked(words, {"series": bool}).get("series"))
        name, now_s = request.match_info["programme"], self._now_s()
        done = await self._door.ask(
            lambda database: cancelled(database, name, self._zone, now_s, series=series),
        )
        await self._note(said, "cancelled", done["programmes"])
        return web.json_response(done)

    async def timetable(self, request: web.Request) -> web.Response:
        """What the schedule says of a channel now."""
        from desk.programmes.programme_changes import channel_moment  # noqa: PLC0415

        channel, now_s = channel_id(request.match_info["name"]), self._now_s()
        return web.json_response(await self._door.ask(
            lambda database: channel_moment(database, channel, self._zone, now_s),
        ))

    async def start(self, request: web.Request) -> web.Response:
        """Begin one now."""
        from desk.programmes.programme_deeds import started  # noqa: PLC0415

        words, said = await _words(request)
        checked(words, START)
        channel, now_s = self._channel(request), self._now_s()
        within = person_of(request).region
        one = await self._door.ask(
            lambda database: started(database, channel, words, self._zone, now_s, within),
        )
        await self._note(said, "began", [one])
        return web.json_response(one)

    async def stop(self, request: web.Request) -> web.Response:
        """End what is on air."""
        from desk.programmes.programme_deeds import stopped  # noqa: PLC0415

        words, said = await _words(request)
        checked(words, {})
        channel, now_s = channel_id(request.match_info["name"]), self._now_s()
        one = await self._door.ask(lambda database: stopped(database, channel, self._zone, now_s))
        await self._note(said, "ended", [one])
        return web.json_response(one)

    async def extend(self, request: web.Request) -> web.Response:
        """Let what is on air run on."""
        from desk.programmes.programme_deeds import extended  # noqa: PLC0415

        words, said = await _words(request)
        checked(words, EXTEND)
        channel, now_s = channel_id(request.match_info["name"]), self._now_s()
        one = await self._door.ask(lambda database: extended(database, channel, words, self._zone, now_s))
        await self._note(said, "extended", [one])
        return web.json_response(one)

    def _channel(self, request: web.Request) -> ChannelId:
        name = channel_id(request.match_info["name"])
        if not self._on(name):
            problem = f"there is no channel “{name}”"
            raise RefusedError(404, problem, "`xacast status` shows those there are; `xacast start` makes one")
        return name

    def _now_s(self) -> int:
        return self._clock.wall_ns() // _NS

    async def _note(self, said: Said, deed: str, programmes: list[dict[str, Any]]) -> None:
        await self._told()
        first = programmes[0]
        more = f" and {len(programmes) - 1} more" if len(programmes) > 1 else ""
        kind = EventKind(f"programme-{deed}")
        data = {"programme": first["id"], "text": first["title"], **({"why": said.why} if said.why else {})}
        self._tell(Event(
            wall_ns=self._clock.wall_ns(), channel=first["channel"], kind=kind, severity=severity_of(kind),
            who=said.who, data=data | ({"count": len(programmes) - 1} if more else {}),
        ))
        why = f": {said.why}" if said.why else ""
        name = f"{first['id']} of {first['channel']}{more}"
        _log.info("%s %s programme %s%s", said.who or "somebody", deed, name, why)


async def _words(request: web.Request) -> tuple[dict[str, Any], Said]:
    """What was sent, without who and why, and those; raises OperatorError."""
    words = await json_of(request) if request.body_exists else {}
    if not isinstance(words, dict):
        problem = "what was sent is no JSON object"
        raise OperatorError(problem, "Send one JSON object")
    said = said_in(words)
    return {key: value for key, value in words.items() if key not in {"who", "why"}}, said
