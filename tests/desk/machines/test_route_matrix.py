"""Every route of the machines' listener x every credential that is not for it, by real TLS."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from secrets import token_hex

import aiohttp
import pytest

from desk.machine_key import machine_key
from desk.machines.machine import LOCAL, Kind
from desk.machines.register import MachineRegister
from desk.machines.signature import Asked, sign
from tests.desk.access.hall import Hall, hall_in
from tests.desk.machines.edge import authority_in, client, edge_in
from tests.desk.machines.test_every_route import routes

OF_WORKERS, OF_EDGES = ("/ingest/", "/worker/"), ("/live/", "/access/")
Call = tuple[str, str]


class Yard:
    """A hall with a worker and an edge that are let in, and a worker and an edge that are revoked."""

    def __init__(self, hall: Hall, data: Path, keys: dict[str, str]) -> None:
        assert hall.headend.ports is not None
        self.calls = routes(hall)
        self.hall = hall
        self.data = data
        self.url = hall.headend.ports.machines.url
        self.keys = keys
        self.sessions: dict[str, aiohttp.ClientSession] = {}

    def signed(self, name: str, call: Call) -> dict[str, str]:
        """The header of who holds the key of that name."""
        asked = Asked(method=call[0], target=call[1], headers={})
        ms = self.hall.clock.wall_ns() // 1_000_000
        return {"Authorization": str(sign(self.keys[name], asked, name=name, time_ms=ms, nonce=token_hex(8)))}

    async def status(self, call: Call, headers: dict[str, str], edge: str = "") -> int:
        """What is answered to somebody with these headers, who shows the certificate of `edge`, if any."""
        method, path = call
        async with self.sessions[edge].request(
            method, self.url + path, headers=headers, allow_redirects=False,
        ) as answer:
            await answer.read()
            return answer.status


@pytest.fixture
async def yard(tmp_path: Path) -> AsyncIterator[Yard]:
    async with _yard(tmp_path / "data", tmp_path) as made:
        yield made


@asynccontextmanager
async def _yard(data: Path, folder: Path) -> AsyncIterator[Yard]:
    authority_in(data)
    pairs = {name: edge_in(data, name, folder) for name in ("edge-1", "edge-2")}
    register = MachineRegister(data)
    keys = {name: register.add(name, Kind.WORKER, now=1).key for name in ("studio-1", "studio-2")}
    for name in ("edge-2", "studio-2"):
        register.revoke(name, now=2)
    async with AsyncExitStack() as stack:
        hall = await stack.enter_async_context(hall_in(data, machines_tls="local"))
        yard = Yard(hall, data, {**keys, LOCAL: machine_key(data)})
        for name, pair in {"": None, **pairs}.items():
            connector = aiohttp.TCPConnector(ssl=client(data, pair))
            yard.sessions[name] = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        yield yard


async def _viewers(hall: Hall) -> list[dict[str, str]]:
    """What a viewer has: the link of a site, and a stream token of it, wherever somebody may put them."""
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{hall.url}/t/{hall.token}/live/hop/index.m3u8") as answer:
            found = re.search(r"/s/([^/]+)/", await answer.text())
        assert found is not None
    tokens = (hall.token, found[1])
    return [{"Authorization": f"Bearer {one}"} for one in tokens] + [{"Cookie": f"xacast={one}"} for one in tokens]


async def test_each_route_is_open_to_those_it_is_for_and_to_nobody_else(yard: Yard) -> None:
    """T-24, T-29: no credential, a viewer's, that of another kind of machine, one that is revoked."""
    nothing: dict[str, str] = {}
    viewers = await _viewers(yard.hall)
    assert {path.split("/")[1] for _, path in yard.calls} == {"ingest", "worker", "live", "access"}
    for call in yard.calls:
        of_worker, of_edge = call[1].startswith(OF_WORKERS), call[1].startswith(OF_EDGES)
        assert of_worker is not of_edge
        found = {
            "nothing": await yard.status(call, nothing),
            **{f"viewer {at}": await yard.status(call, one) for at, one in enumerate(viewers)},
            "revoked worker": await yard.status(call, yard.signed("studio-2", call)),
            "revoked edge": await yard.status(call, nothing, "edge-2"),
            "worker": await yard.status(call, yard.signed("studio-1", call)),
            "edge": await yard.status(call, nothing, "edge-1"),
        }
        let_in = {name for name, status in found.items() if status != 401}
        assert let_in == ({"worker"} if of_worker else {"edge"}), (call, found)


async def test_on_each_route_what_was_signed_is_answered_once_and_for_that_route_alone(yard: Yard) -> None:
    """T-29: a replayed number, and a signature of another address or method."""
    for call in yard.calls:
        name = "studio-1" if call[1].startswith(OF_WORKERS) else LOCAL
        headers = yard.signed(name, call)
        statuses = [await yard.status(call, headers) for _ in range(3)]
        assert (statuses[0] != 401, statuses[1:]) == (True, [401, 401]), call
        for other in ((call[0], f"{call[1]}?x=1"), ("OPTIONS" if call[0] == "GET" else "GET", call[1])):
            assert await yard.status(other, yard.signed(name, call)) == 401, (call, other)


async def test_a_viewer_who_comes_through_an_edge_is_the_edge_and_nothing_more(yard: Yard) -> None:
    """T-24: what a cache engine passes on of him opens no more, and shuts nothing."""
    for said in await _viewers(yard.hall):
        assert await yard.status(("GET", "/access/keys"), said, "edge-1") == 200
        assert await yard.status(("GET", "/ingest/hop"), said, "edge-1") == 401
    # Who signs by himself is who he says, also by the connection of another.
    call = ("GET", "/ingest/hop")
    assert await yard.status(call, yard.signed("studio-2", call), "edge-1") == 401
