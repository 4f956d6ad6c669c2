"""Marks on a channel's time, for operators and their programs.

    GET  /api/v1/channels/<name>/marks   {"marks": [mark, …]}, those that the playlists carry
    POST /api/v1/channels/<name>/marks   the words of `desk/mark_words.py` -> 201, mark; 200 for one that is ended
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from desk.errors import RefusedError
from desk.event_log import EventLog
from desk.lineup import Entry
from desk.mark_words import MarkWish, shown, wish_from
from flow.clock import Clock
from flow.event import Event, EventKind, severity_of
from packager.mark import Mark


class MarkRoutes:
    """The two handlers."""

    def __init__(
        self, events: EventLog, clock: Clock, entry: Callable[[web.Request], Entry],
        read: Callable[[web.Request], Awaitable[Any]],
    ) -> None:
        """`entry` finds a channel by its name, `read` a request's JSON; both raise OperatorError."""
        self._events = events
        self._clock = clock
        self._entry = entry
        self._read = read

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        path = "/api/v1/channels/{name}/marks"
        return [web.get(path, self.index), web.post(path, self.change)]

    async def index(self, request: web.Request) -> web.Response:
        """All marks of a channel."""
        entry = self._entry(request)
        return web.json_response({"marks": [shown(mark) for mark in entry.publisher.marks]})

    async def change(self, request: web.Request) -> web.Response:
        """Set a mark, or end one."""
        wish = wish_from(await self._read(request))
        entry = self._entry(request)
        mark = _done(entry, wish)
        kind = EventKind.MARK_ENDED if wish.end else EventKind.MARK
        self._events.note(Event(
            wall_ns=self._clock.wall_ns(), channel=entry.name, kind=kind, severity=severity_of(kind), who=wish.who,
            data={"text": mark.text, "mark": mark.id},
        ))
        return web.json_response(shown(mark), status=200 if wish.end else 201)


def _done(entry: Entry, wish: MarkWish) -> Mark:
    try:
        if wish.end:
            return entry.publisher.marks.end(wish.end, wish.at)
        return entry.publisher.marks.set(wish.text, start=wish.at, duration=wish.duration, kind=wish.kind)
    except KeyError as error:
        problem = f"channel {entry.name} lists no mark “{wish.end[:64]}”"
        raise RefusedError(404, problem, f"`xacast mark {entry.name} --list` shows them") from error
    except ValueError as error:
        problem = f"the mark is refused: {error}"
        raise RefusedError(409, problem, "See `xacast mark --help`") from error
