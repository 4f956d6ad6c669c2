"""The headend's end of a worker's control connection: definition and commands down, status up.

    GET /worker/<channel>/definition    the channel's definition, as JSON; 409 while that worker is connected: two
                                        would push each other's media out. Of a channel that two make, the second
                                        says that it is (flow/wire.py)
    GET /worker/<channel>               WebSocket.
        down: {"do": "run", "definition": …, "heard": {life: number, …}, "standing": …} first; see
              `desk/standing.py`; later {"do": "stop"}, and {"do": "run", "definition": …} after a change
              {"do": "order", "id": …, "order": …}; see `desk/order_words.py`
        up:   WorkerStatus, each second and when it changes
              {"tell": "events", "life": …, "events": [{"number": …, …}, …]}, those after the number heard
              {"tell": "answer", "id": …, "tick": …}, or "problem" and "remedy"
"""

import logging
from dataclasses import replace
from typing import Any

from aiohttp import WSMsgType, hdrs, web

from desk.lineup import Entry, Lineup, dismiss
from flow.event import Event
from flow.json_words import read_json
from flow.status import WorkerStatus
from flow.wire import worker_of

_log = logging.getLogger(__name__)

HEARTBEAT = 4.0
"""Seconds between pings; a worker that answers none within half of it is gone."""
LARGEST_STATUS = 256 * 1024


def worker_routes(lineup: Lineup) -> list[web.AbstractRouteDef]:
    """Routes below `/worker/`."""
    links = _Links(lineup)
    return [
        web.get("/worker/{channel}/definition", links.definition),
        web.get("/worker/{channel}", links.connect),
    ]


class _Links:
    """The two handlers."""

    def __init__(self, lineup: Lineup) -> None:
        self._lineup = lineup

    async def definition(self, request: web.Request) -> web.Response:
        """The channel's definition. It may hold secrets of feeds, so nobody keeps a copy on the way."""
        entry = self._entry(request)
        if entry.taken(_index(entry, request)):
            raise web.HTTPConflict(text="this channel has a worker\n")
        return web.json_response(entry.declared.told(), headers={hdrs.CACHE_CONTROL: "no-store"})

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Hold one worker's connection until either side ends it."""
        entry = self._entry(request)
        if hdrs.ORIGIN in request.headers:  # a page, not a worker (T-30)
            raise web.HTTPForbidden(text="workers only\n")
        index = _index(entry, request)
        link = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST_STATUS)
        await link.prepare(request)
        if self._lineup.get(entry.name) is not entry:  # it was stopped while they shook hands
            await dismiss([link], "stop")
            return link
        # It counts from its first words on, however slowly it takes them: it misses no change meanwhile.
        first = {
            "do": "run", "definition": entry.declared.told(), "heard": self._lineup.events.heard(entry.name),
            "standing": entry.standing,
        }
        if index:
            entry.seconds.add(link)
        entry.links.add(link)
        try:
            await link.send_json(first)
            _log.info("a worker of %s is connected", entry.name)
            self._lineup.comes(entry, index)
            async for message in link:
                if message.type is WSMsgType.TEXT:
                    self._hear(entry, index, message.data)
        finally:
            entry.links.discard(link)
            entry.seconds.discard(link)
            _log.info("a worker of %s has gone", entry.name)
            self._lineup.goes(entry, index)
        return link

    def _hear(self, entry: Entry, index: int, text: str) -> None:
        try:
            match read_json(text):
                case {"tell": "events", "life": int(life), "events": list(events)}:
                    self._log_events(entry, life, events)
                case {"tell": "answer", "id": int()} as answer:
                    self._lineup.pending.answered(answer)
                case status:
                    self._lineup.hear(entry, replace(WorkerStatus.from_json(status), worker=index))
        except (KeyError, TypeError, ValueError) as error:
            _log.warning("a worker of %s sent what says nothing: %r", entry.name, error)

    def _log_events(self, entry: Entry, life: int, events: list[dict[str, Any]]) -> None:
        """Each on its own: one of a newer worker's kinds costs none of the others."""
        for words in events:
            try:
                event, number = Event.from_json(words), int(words["number"])
            except (KeyError, TypeError, ValueError) as error:
                _log.warning("a worker of %s told an event that says nothing: %r", entry.name, error)
                continue
            if event.channel == entry.name:
                self._lineup.events.hear(life, number, event)

    def _entry(self, request: web.Request) -> Entry:
        entry = self._lineup.get(request.match_info["channel"])
        if entry is None:
            raise web.HTTPNotFound(text="no such channel\n")
        return entry


def _index(entry: Entry, request: web.Request) -> int:
    try:
        return worker_of(request.headers, entry.declared.channel.workers)
    except ValueError as error:
        raise web.HTTPNotFound(text=f"{error}\n") from error
