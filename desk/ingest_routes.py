"""Where workers put their chunks: the machines' listener's half of `flow/wire.py`."""

from aiohttp import web

from desk.lineup import Entry, Lineup
from flow.thumbnail import THUMBNAILS
from flow.wire import Verdict, packet_of, worker_of

MOST_BYTES = 64 * 1024 * 1024
"""Of one chunk: a second of 4K at the highest quality is a tenth of it."""


def ingest_routes(lineup: Lineup) -> list[web.AbstractRouteDef]:
    """Routes of `/ingest/<channel>` and what lies below."""
    doors = _Doors(lineup)
    return [
        web.get("/ingest/{channel}", doors.positions),
        web.put("/ingest/{channel}/{rendition}/{run}/{last}", doors.take),
    ]


class _Doors:
    """The two handlers."""

    def __init__(self, lineup: Lineup) -> None:
        self._lineup = lineup

    async def positions(self, request: web.Request) -> web.Response:
        """How far each rendition has come, so that a worker goes on from there."""
        entry = self._entry(request)
        return web.json_response(entry.publisher.positions(_sender(request, entry)).to_json())

    async def take(self, request: web.Request) -> web.Response:
        """One packet in; the answer's status is the packager's verdict. Nobody writes the other worker's runs."""
        entry = self._entry(request)
        where, sender = request.match_info, _sender(request, entry)
        body = await request.read()
        if self._lineup.get(entry.name) is not entry:  # taken off while the body came in
            raise web.HTTPNotFound(text="no such channel\n")
        try:
            packet = packet_of(where["rendition"], where["run"], where["last"], request.headers, body)
        except (KeyError, ValueError) as error:
            raise web.HTTPBadRequest(text=f"{error}\n") from error
        if packet.rendition not in (*entry.declared.channel.renditions, THUMBNAILS):
            raise web.HTTPBadRequest(text="not a rendition of this channel\n")
        workers = entry.declared.channel.workers
        verdict = entry.publisher.take(packet) if packet.run % workers == sender else Verdict.REFUSED
        return web.Response(status=verdict.value, text="" if verdict is Verdict.KEPT else f"{verdict.name}\n")

    def _entry(self, request: web.Request) -> Entry:
        entry = self._lineup.get(request.match_info["channel"])
        if entry is None:
            raise web.HTTPNotFound(text="no such channel\n")
        return entry


def _sender(request: web.Request, entry: Entry) -> int:
    try:
        return worker_of(request.headers, entry.declared.channel.workers)
    except ValueError as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from error
