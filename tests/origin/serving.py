"""A running origin for tests: a real server on a free port, and a client."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from origin.app import middlewares, routes
from origin.disk_store import DiskStore
from origin.guard import unsigned
from origin.memory_store import MemoryStore
from origin.viewers import Viewers

Store = MemoryStore | DiskStore
PLAYLIST = "/live/demo/v720/index.m3u8"
Client = TestClient[web.Request, web.Application]
ClientFactory = Callable[[TestServer], Awaitable[Client]]


@dataclass
class Origin:
    """What a test drives: put into the store, ask with the client, read the counts."""

    store: Store
    client: Client
    viewers: Viewers

    async def parked(self, count: int) -> None:
        """Return when `count` requests wait."""
        while self.viewers.waiting != count:  # noqa: ASYNC110 - the counts are plain numbers; this only yields
            await asyncio.sleep(0)


class _WithoutCancellation(TestServer):
    """A server as aiohttp sets one up by default: handlers go on when their viewer has gone."""

    async def _make_runner(self, **options: Any) -> web.BaseRunner:
        return await super()._make_runner(**{**options, "handler_cancellation": False})


@dataclass
class Opening:
    """Opens origins; each has a store of its own unless one is given."""

    factory: ClientFactory

    async def __call__(
        self, store: Store | None = None, *, waiting_limit: int = 100, patience: float = 3.0,
        cancellation: bool = True,
    ) -> Origin:
        store = store or MemoryStore()
        viewers = Viewers()
        app = web.Application(middlewares=middlewares())
        app.add_routes(routes(store, waiting_limit=waiting_limit, patience=patience, viewers=viewers))
        app.on_response_prepare.append(unsigned)
        server = TestServer(app) if cancellation else _WithoutCancellation(app)
        client = await self.factory(server)
        return Origin(store, client, viewers)


@pytest.fixture
def opening(aiohttp_client: ClientFactory) -> Opening:
    return Opening(aiohttp_client)
