"""Lists of addresses over the control API: kept, and known at once."""

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.access.guest_list import GuestList
from desk.access.links import Links
from desk.access.network_routes import NetworkRoutes
from desk.control_api import errors_as_json
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from tests.desk.access.register import fill
from tests.origin.serving import ClientFactory

PLACE = "/api/v1/regions/vn/networks"
NOW = 1_790_001_000
WATCHING = [("xa-1", "203.0.113.5"), ("xa-1", "10.3.2.1"), ("elsewhere", "198.51.100.7")]
"""Two devices of a site of the region, and another region's."""


async def test_a_list_holds_for_the_next_request(
    tmp_path: Path, aiohttp_client: ClientFactory, caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    address = f"sqlite:///{tmp_path / 'register.db'}"
    database = Database.open(address)
    fill(database)
    database.close()
    guests, door = GuestList(audience=lambda _site, _channel: None, now=lambda: NOW), DatabaseDoor(address)
    links = Links(door, guests, tmp_path / "guests.json", wall_ns=lambda: NOW * 10**9)
    await links.give(["xa-1"])
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes(NetworkRoutes(links, door, lambda: WATCHING).routes())
    client = await aiohttp_client(TestServer(app))
    told = {"region": "vn", "networks": ["10.0.0.0/8"], "holding": ["10.0.0.0/8"]}
    answer = await client.put(PLACE, json={"networks": ["10.0.0.0/8"], "who": "lan", "why": "mạng riêng"})
    assert await answer.json() == told | {"watching": 1, "shut_out": 1, "shut_out_sites": ["xa-1"]}
    assert "vn may watch from 10.0.0.0/8, says lan: mạng riêng" in caplog.text
    assert await (await client.get(PLACE)).json() == told
    dry = {"networks": ["203.0.113.0/24"], "dry": True}
    assert await (await client.put(PLACE, json=dry)).json() == told | {
        "watching": 1, "shut_out": 1, "shut_out_sites": ["xa-1"],
    }
    both = dry | {"networks": ["203.0.113.0/24", "10.0.0.0/8"]}
    assert (await (await client.put(PLACE, json=both)).json())["shut_out"] == 0
    assert guests.admits("xa-1", "10.3.2.1")
    assert not guests.admits("xa-1", "203.0.113.5")
    await client.put(PLACE, json={"networks": []})
    assert guests.admits("xa-1", "203.0.113.5")
    for wrong in ([], {}, {"networks": "10.0.0.0/8"}, {"networks": ["x"]}, {"networks": [], "dry": "yes"}):
        assert (await client.put(PLACE, json=wrong)).status == 400
    assert (await client.get(PLACE.replace("vn", "zz"))).status == 404
