"""What happened, for operators and their programs.

    GET /api/v1/events?channel=&after=          {"events": [record, …], "last": id}
    GET /api/v1/events/stream?channel=&after=   the same as they come: server-sent events (HTML standard, 9.2)

`after` is an id that the asker has seen; without it the newest come. A stream goes on after `Last-Event-ID`.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import hdrs, web

from desk.errors import RefusedError
from desk.event_log import EventLog
from desk.people.person import Person, person_of
from flow.errors import OperatorError

MOST = 500
"""Records in one answer."""
NEWEST = 100
"""Records for one who does not say what is known."""
STREAMS, OF_ONE = 32, 8
"""Streams at a time, in all and of one account; each parks a connection."""
QUIET = 15.0
"""Seconds after which a comment keeps an idle stream open."""


class EventRoutes:
    """The two handlers."""

    def __init__(self, events: EventLog) -> None:
        self._events = events
        self._streams: Counter[str] = Counter()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.get("/api/v1/events", self.index), web.get("/api/v1/events/stream", self.stream)]

    async def index(self, request: web.Request) -> web.Response:
        """Records as JSON."""
        channel, after = request.query.get("channel", ""), _id(request.query.get("after"))
        runs = person_of(request).runs
        if after is None:
            found, last = self._after(0, channel, runs)[-NEWEST:], self._events.last
        else:  # the oldest first: whoever asks on with "last" misses none
            found = self._after(after, channel, runs)[:MOST]
            last = found[-1]["id"] if len(found) == MOST else self._events.last
        return web.json_response({"events": found, "last": last}, dumps=_json)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Records as they come, until the reader goes."""
        person = person_of(request)
        for count, most, who in (
            (self._streams.total(), STREAMS, ""), (self._streams[person.name], OF_ONE, f" as {person.name}"),
        ):
            if count >= most:
                problem = f"{most} readers follow the events already{who}"
                raise RefusedError(503, problem, "End one of them, or ask for /api/v1/events again and again")
        channel = request.query.get("channel", "")
        known = _id(request.headers.get("Last-Event-ID") or request.query.get("after"))
        answer = web.StreamResponse(headers={
            hdrs.CONTENT_TYPE: "text/event-stream; charset=utf-8", hdrs.CACHE_CONTROL: "no-store",
        })
        self._streams[person.name] += 1
        try:
            await answer.prepare(request)
            known = self._events.last if known is None else known
            await self._follow(answer, channel, known, person)
        except ConnectionError:
            pass
        finally:
            self._streams[person.name] -= 1
        return answer

    def _after(self, known: int, channel: str, runs: Callable[[str], bool]) -> list[dict[str, Any]]:
        return [record for record in self._events.after(known, channel) if runs(str(record["channel"]))]

    async def _follow(self, answer: web.StreamResponse, channel: str, known: int, person: Person) -> None:
        await answer.write(b": xacast\n\n")
        while person.still():
            for record in self._after(known, channel, person.runs):
                await answer.write(f"id: {record['id']}\ndata: {_json(record)}\n\n".encode())
            known = max(known, self._events.last)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._events.grown(known), QUIET)
                continue
            await answer.write(b": still here\n\n")


def _id(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 16):
        problem = "“after” is not the id of an event"
        raise OperatorError(problem, "Send the “last” of an earlier answer, or nothing")
    return int(text)


def _json(record: Any) -> str:  # noqa: ANN401 - whatever json takes
    return json.dumps(record, ensure_ascii=False)
