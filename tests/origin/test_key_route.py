"""Keys over HTTP: for who may watch, and for no cache."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from flow.ids import ChannelId
from flow.key_turns import UNIT
from flow.timebase import SCALE
from origin.app import middlewares, routes
from origin.guard import unsigned
from origin.memory_store import MemoryStore
from tests.origin.serving import Client, ClientFactory

KEY = bytes(range(16))
ENDED = 468_828 * UNIT // SCALE
ADDRESS = "/keys/demo/468750"
UNKNOWN = (
    "/keys/demo/468828", "/keys/other/468750", "/keys/demo/0468750", "/keys/demo/-1", "/keys/demo/x",
    "/keys/demo/" + "9" * 40, "/keys/DEMO/468750",
)


class OneKey:
    def shown(self, channel: ChannelId, number: int, since: int = 0) -> bytes | None:
        known = (channel, number) == ("demo", 468_750) and since < ENDED
        return KEY if known else None


@pytest.fixture
async def client(aiohttp_client: ClientFactory) -> Client:
    app = web.Application(middlewares=middlewares())
    app.add_routes(routes(MemoryStore(), keys=OneKey()))
    app.on_response_prepare.append(unsigned)
    return await aiohttp_client(TestServer(app))


async def test_a_key_is_its_sixteen_bytes_and_never_cached(client: Client) -> None:
    """T-16."""
    answer = await client.get(ADDRESS)
    assert await answer.read() == KEY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in answer.headers
    assert (await client.head(ADDRESS)).headers["Content-Length"] == "16"
    assert (await client.options(ADDRESS)).status == 204


@pytest.mark.parametrize("address", UNKNOWN)
async def test_all_that_is_not_there_looks_the_same(client: Client, address: str) -> None:
    """T-16, T-12: and no cache may remember it, since the key may be there in a moment."""
    answer = await client.get(address)
    known = await client.get(UNKNOWN[0])
    assert answer.status == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert await answer.read() == b""
    assert {name: value for name, value in answer.headers.items() if name != "Date"} == {
        name: value for name, value in known.headers.items() if name != "Date"
    }


async def test_other_methods_are_refused(client: Client) -> None:
    """T-20."""
    assert (await client.post(ADDRESS)).status == 405
    assert (await client.request("DELETE", ADDRESS)).status == 405
