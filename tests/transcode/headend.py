"""A headend for tests: keeps what it is sent, forgets it when it is restarted, answers as it is told."""

import asyncio
from collections.abc import Callable
from typing import Self

from aiohttp import web
from aiohttp.test_utils import TestServer

from flow.chunk import Chunk, Init, Packet
from flow.ids import RenditionId
from flow.timebase import GOP
from flow.wire import H_WHY, Position, Positions, packet_of

PART = 30_720
START = 934_000_000 * GOP


def init(rendition: str, run: int = 1) -> Init:
    return Init(rendition=RenditionId(rendition), run=run, codecs="avc1.64001f", body=b"init of %d" % run)


def chunk(rendition: str, number: int, run: int = 1) -> Chunk:
    return Chunk(
        rendition=RenditionId(rendition), run=run, start=START + number * PART, duration=PART,
        independent=number % 3 == 0, body=b"%d" % number * 50,
    )


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop turn until `condition` holds; fails when it does not in time."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for is in another's hands
            await asyncio.sleep(0.001)


class Headend:
    """Port 0 at first, the same port after each restart."""

    def __init__(self) -> None:
        self.kept: list[Packet] = []
        self.received: list[Packet] = []
        self.asked = 0
        self.forced: list[int] = []  # statuses to answer PUTs with, before being itself again
        self.missing = False
        self.unknown = ""  # why nobody is let in
        self.closes = False  # end the connection after each answer, and say so
        self.drops = False  # end it without saying so
        self.answer: str | None = None
        self.last_run = 0
        self._port = 0
        self._server: TestServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/ingest/demo", self._get)
        app.router.add_put("/ingest/demo/{rendition}/{run}/{last}", self._put)
        self._server = TestServer(app, port=self._port)
        await self._server.start_server(shutdown_timeout=0)
        self._port = self._server.port or 0

    async def stop(self) -> None:
        if self._server:
            await self._server.close()
            self._server = None

    async def restart(self, *, forget: bool) -> None:
        await self.stop()
        if forget:
            self.kept = []
        await self.start()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def chunks(self, rendition: str) -> list[Chunk]:
        return [packet for packet in self.kept if isinstance(packet, Chunk) and packet.rendition == rendition]

    def numbers(self, rendition: str) -> list[int]:
        """Which chunks of a rendition are here, in the order in which they came."""
        return [(packet.start - START) // PART for packet in self.chunks(rendition)]

    async def _get(self, _request: web.Request) -> web.Response:
        self.asked += 1
        if self.unknown:
            raise web.HTTPUnauthorized(headers={H_WHY: self.unknown})
        if self.missing:
            raise web.HTTPNotFound
        if self.answer is not None:
            return web.Response(text=self.answer)
        renditions = {packet.rendition for packet in self.kept}
        places = {name: self._position(name) for name in renditions}
        floor = max((place.end for place in places.values()), default=0)
        return self._close(web.json_response(Positions(floor, self.last_run, places).to_json()))

    def _position(self, rendition: RenditionId) -> Position:
        newest = max(self.chunks(rendition), key=lambda chunk: (chunk.run, chunk.end), default=None)
        return Position(newest.run, newest.end) if newest else Position(0, 0)

    async def _put(self, request: web.Request) -> web.Response:
        path = request.match_info
        packet = packet_of(path["rendition"], path["run"], path["last"], request.headers, await request.read())
        self.received.append(packet)
        if self.drops:
            request.protocol.close()
        status = self.forced.pop(0) if self.forced else self._judge(packet)
        if status == 200 and packet not in self.kept:
            self.kept.append(packet)
        return self._close(web.Response(status=status))

    def _close(self, response: web.Response) -> web.Response:
        if self.closes:
            response.force_close()
        return response

    def _judge(self, packet: Packet) -> int:
        if self.missing:
            return 404
        if isinstance(packet, Init):
            return 200
        known = {(kept.rendition, kept.run) for kept in self.kept if isinstance(kept, Init)}
        return 200 if (packet.rendition, packet.run) in known else 412
