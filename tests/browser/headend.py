"""A headend in small, in a thread of its own: the player's routes and one live stream."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion
from origin.gate.moved import moved
from player.app import routes
from tests.browser.stream import WINDOW, Live

SHIFT = timedelta(hours=1)
"""The headend's clock is so far ahead of the viewer's: latency must come out right all the same."""

PLAYLIST = "application/vnd.apple.mpegurl"
KINDS = {".m4s": "video/iso.segment", ".mp4": "video/mp4"}


def server_now() -> datetime:
    """What the headend takes for the time."""
    return datetime.now(UTC) + SHIFT


class Headend:
    """Serves on one port through stops and starts; flags are set from the test's thread."""

    def __init__(self, media: Path, title: str) -> None:
        self.media = media
        self.channels: list[tuple[ChannelId, str]] = [(ChannelId("demo"), title)]
        self.live: Live | None = None
        self.broken = False
        self.thumbnail: bytes | None = None
        self.frozen_at: datetime | None = None
        self.token = ""
        self.items: list[Item] = []
        self.papers: list[Document] = []
        self.told = Occasion()
        self.zone = UTC
        self.tried: list[dict[str, str]] | None = None
        self.on = True
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="headend")
        self._runner: web.AppRunner | None = None
        self._thread.start()

    @property
    def base(self) -> str:
        """Address of the viewers' listener."""
        return f"http://127.0.0.1:{self.port}"

    def go_on_air(self, *, since: timedelta = timedelta(), window: int = WINDOW) -> None:
        """The channel's stream begins now, or began some time ago; so many segments can be gone back."""
        self.live = Live(server_now() - since, window)

    def coming(self, _request: web.Request) -> list[Item]:
        """Satisfies `player.app.Beside`."""
        return self.items

    def documents(self, _request: web.Request, _channel: ChannelId) -> list[Document]:
        """Satisfies `player.app.Beside`."""
        return self.papers

    def site(self, _request: web.Request) -> str:
        """Satisfies `player.app.Beside`."""
        return self.told.site

    def elsewhere(self, _request: web.Request) -> bool:
        """Satisfies `player.app.Beside`."""
        return False

    def occasion(self, _request: web.Request, _channel: ChannelId) -> Occasion:
        """Satisfies `player.app.Beside`."""
        return self.told

    def tries(self, _request: web.Request) -> bool:
        """Satisfies `player.app.Beside`."""
        return self.tried is not None

    def start(self) -> None:
        """Listen; on the same port again after a stop."""
        self._call(self._start)

    def stop(self) -> None:
        """Cut all connections and listen no more."""
        self._call(self._stop)

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    def _call(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        asyncio.run_coroutine_threadsafe(work(), self._loop).result(timeout=10)

    async def _start(self) -> None:
        app = web.Application()
        app.on_response_prepare.append(_date)
        app.add_routes(routes(lambda _request: self.channels, self))
        app.add_routes([
            web.get("/live/demo/index.m3u8", self._multivariant),
            *(route for token in ("", "/s/{token}") for route in (
                web.get(token + "/live/demo/{height}/live.m3u8", self._playlist),
                web.get(token + r"/live/demo/{height}/{name:\w+\.(m4s|mp4)}", self._body),
            )),
            web.get("/test/demo", self._test),
            web.get("/live/demo/thumbnails/index.vtt", self._sprites),
            web.get("/live/demo/thumbnails/7-7.jpg", self._thumbnail),
        ])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _multivariant(self, _: web.Request) -> web.Response:
        text = self._stream().multivariant()
        return _list(moved(text, f"/s/{self.token}/live/demo/") if self.token else text)

    async def _playlist(self, _: web.Request) -> web.Response:
        return _list(self._stream().media(self.frozen_at or server_now()))

    async def _body(self, request: web.Request) -> web.Response:
        path = self.media / request.match_info["height"] / request.match_info["name"]
        body = path.read_bytes()
        if self.broken and path.suffix == ".m4s":
            body = body[:200] + bytes(len(body) - 200)
        return web.Response(body=body, content_type=KINDS[path.suffix])

    async def _test(self, request: web.Request) -> web.Response:
        if self.tried is None or not self.on:
            raise web.HTTPNotFound
        self.tried.append(dict(request.query))
        return web.Response(status=204)

    async def _sprites(self, _: web.Request) -> web.Response:
        if self.thumbnail is None:
            raise web.HTTPNotFound
        hour = int(server_now().timestamp()) // 3600
        cue = f"{hour - 1:02d}:00:00.000 --> {hour + 2:02d}:00:00.000\n7-7.jpg#xywh=0,0,160,90\n"
        return web.Response(text=f"WEBVTT\n\n{cue}", content_type="text/vtt")

    async def _thumbnail(self, _: web.Request) -> web.Response:
        return web.Response(body=self.thumbnail, content_type="image/jpeg")

    def _stream(self) -> Live:
        if self.live is None:
            raise web.HTTPNotFound
        return self.live


async def _date(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Date"] = format_datetime(server_now(), usegmt=True)


def _list(text: str) -> web.Response:
    return web.Response(text=text, content_type=PLAYLIST, headers={"Cache-Control": "no-store"})
