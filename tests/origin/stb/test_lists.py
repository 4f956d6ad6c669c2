"""Lists and guides, asked for as boxes ask."""

import gzip
from collections.abc import AsyncIterator
from datetime import UTC

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from flow.ids import ChannelId
from flow.listing import Item
from origin.app import middlewares, routes
from origin.gate.invitations import Invitations
from origin.memory_store import MemoryStore
from origin.stb.lists import BURST, Lists
from tests.origin.gate.hall import HALL, TOKEN, OneHall, gate_for

HOP = ChannelId("hop")
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    halls = OneHall()
    gate = gate_for(halls)
    invitations = Invitations(halls, lambda *_: "", gate)
    lists = Lists(
        invitations, lambda request: [(HOP, "Kênh, một")] if invitations.site_of(request) else [],
        lambda site: [Item(channel=HOP, title="Giao ban", start_s=1, end_s=None)] if site == HALL else [], UTC,
        public=getattr(request, "param", ""),
    )
    app = web.Application(middlewares=middlewares())
    app.add_routes(routes(MemoryStore(), gate=gate, invitations=invitations, beside=lists.table()))
    async with TestClient(TestServer(app)) as made:
        yield made


async def test_a_site_gets_its_list_with_addresses_of_its_own(client: Client) -> None:
    answer = await client.get(f"/t/{TOKEN}/stb/channels.m3u", headers={"Host": "hop.vn:8080"})
    text = await answer.text()
    assert text.splitlines()[1:] == [
        '#EXTINF:-1 tvg-id="hop",Kênh, một', f"http://hop.vn:8080/t/{TOKEN}/live/hop/index.m3u8",
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    bad = await client.get(f"/t/{TOKEN}/stb/channels.m3u", headers={"Host": 'x"y'})
    assert bad.status == 400


async def test_who_is_nobody_hears_of_nothing(client: Client) -> None:
    assert "Giao ban" not in await (await client.get("/stb/guide.xml")).text()
    assert "hop" not in (await (await client.get("/stb/channels.m3u")).text()).split("\n", 1)[1]
    assert (await client.get(f"/t/{'x' * 43}/stb/guide.xml")).status == 404


async def test_a_guide_is_there_as_a_gzip_file_too_and_a_site_asks_so_often_and_no_oftener(client: Client) -> None:
    plain = await (await client.get(f"/t/{TOKEN}/stb/guide.xml")).read()
    packed = await client.get(f"/t/{TOKEN}/stb/guide.xml.gz")
    assert gzip.decompress(await packed.read()) == plain
    assert b"Giao ban" in plain
    found = {(await client.get(f"/t/{TOKEN}/stb/guide.xml")).status for _ in range(2 * BURST)}
    assert found == {200, 503}


@pytest.mark.parametrize("client", ["https://xem.vn"], indirect=True)
@pytest.mark.parametrize("host", ["hop.vn:8080", "evil.example", 'x"y'])
async def test_where_a_public_address_is_set_nothing_that_a_box_says_is_in_its_list(
    client: Client, host: str,
) -> None:
    """T-13."""
    headers = {"Host": host, "X-Forwarded-Proto": "http"}
    text = await (await client.get(f"/t/{TOKEN}/stb/channels.m3u", headers=headers)).text()
    assert f"https://xem.vn/t/{TOKEN}/live/hop/index.m3u8" in text
    assert host not in text
