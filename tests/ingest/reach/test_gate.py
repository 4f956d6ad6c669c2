import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from flow.errors import FeedError
from ingest.reach.gate import Gate, is_local, system_lookup
from ingest.reach.reach import Border, Reach
from ingest.reach.web_address import web_address


def _gate(named: str, answers: dict[str, list[str]] | None = None, reach: Reach | None = None) -> Gate:
    """Each answer is a list of addresses, in words; the last one is given again and again."""
    left = {host: list(texts) for host, texts in (answers or {}).items()}

    async def lookup(host: str, _port: int) -> list[str]:
        texts = left[host]
        return (texts.pop(0) if len(texts) > 1 else texts[0]).split()

    return Gate(Border(named=web_address(named), reach=reach or Reach(), is_local=is_local), lookup)


async def _hosts(gate: Gate, host: str, port: int = 80) -> list[str]:
    return [found["host"] for found in await gate.resolve(host, port)]


async def test_a_name_becomes_its_checked_addresses() -> None:
    gate = _gate("http://h/x", {"h": ["10.0.0.1 10.0.0.2 10.0.0.1"]})
    assert await _hosts(gate, "h") == ["10.0.0.1", "10.0.0.2"]


async def test_one_address_that_may_not_be_reached_refuses_the_name() -> None:
    """T-04."""
    gate = _gate("http://h/x", {"cdn": ["93.184.216.34 127.0.0.1"]}, Reach.of(["cdn"]))
    with pytest.raises(FeedError, match="resolves to a loopback address"):
        await _hosts(gate, "cdn")


async def test_an_allowed_name_that_moves_inside_is_refused_at_its_next_connection() -> None:
    """T-04: DNS rebinding."""
    gate = _gate("http://h/x", {"cdn": ["93.184.216.34", "169.254.169.254"]}, Reach.of(["cdn"]))
    assert await _hosts(gate, "cdn") == ["93.184.216.34"]
    with pytest.raises(FeedError, match="link-local"):
        await _hosts(gate, "cdn")


async def test_the_feeds_own_host_stays_in_the_kind_of_network_where_it_was_found() -> None:
    """T-04: DNS rebinding by whoever owns the feed's name."""
    gate = _gate("http://h/x", {"h": ["93.184.216.34 10.0.0.1", "93.184.216.35", "10.0.0.1"]})
    assert await _hosts(gate, "h") == ["93.184.216.34"]
    assert await _hosts(gate, "h") == ["93.184.216.35"]
    with pytest.raises(FeedError, match="was at a public address and now is at a private one"):
        await _hosts(gate, "h")


async def test_a_name_without_an_address_cannot_be_reached() -> None:
    with pytest.raises(OSError, match="no address"):
        await _hosts(_gate("http://h/x", {"h": [""]}), "h")


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="fine")

    app = web.Application()
    app.router.add_get("/x", answer)
    async with TestServer(app) as running:
        yield running


async def test_a_connection_goes_to_the_address_that_was_checked(server: TestServer) -> None:
    """T-04: the name is resolved once for it."""
    gate = _gate(f"http://localhost:{server.port}/x", {"localhost": ["127.0.0.1", "10.255.255.1"]})
    session = aiohttp.ClientSession(connector=gate.connector())
    async with session, session.get(f"http://localhost:{server.port}/x") as answer:
        assert await answer.text() == "fine"


async def test_a_socket_is_given_for_checked_addresses_alone(server: TestServer) -> None:
    """T-04: even when a request goes round every check before it."""
    url = f"http://127.0.0.1:{server.port}/x"
    gate = _gate(url)
    async with aiohttp.ClientSession(connector=gate.connector()) as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)
        gate.admit(web_address(url))
        async with session.get(url) as answer:
            assert answer.status == 200


def test_what_is_remembered_is_bounded() -> None:
    gate = _gate("http://h/x", reach=Reach.of(["10.0.0.0/8"]))
    for low in range(3_000):
        gate.admit(web_address(f"http://10.0.{low >> 8}.{low & 255}/x"))
    assert len(gate._checked) <= 1_000


def test_this_machine_knows_its_own_addresses() -> None:
    assert is_local(ip_address("127.0.0.1"))
    assert not is_local(ip_address("192.0.2.1"))
    assert not is_local(ip_address("2001:db8::1"))


async def test_the_system_is_asked_for_names() -> None:
    assert "127.0.0.1" in await asyncio.wait_for(system_lookup("127.0.0.1", 80), 5)
