"""What edges ask."""

from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.access.guest_list import Guest, GuestList
from desk.access.machine_routes import MachineRoutes
from desk.access.signing_keys import SigningKeys
from tests.origin.serving import ClientFactory

NOW = 1_790_000_000


async def test_edges_get_public_keys_and_who_is_shut_out(tmp_path: Path, aiohttp_client: ClientFactory) -> None:
    """T-15: two lists, from memory; HAProxy reads the second as a map."""
    keys = SigningKeys(tmp_path, now=NOW)
    guests = GuestList(audience=lambda _site, _channel: None, now=lambda: NOW)
    app = web.Application()
    app.add_routes(MachineRoutes(keys, guests).routes())
    client = await aiohttp_client(TestServer(app))
    assert await (await client.get("/access/keys")).json() == {"keys": keys.pems}
    assert await (await client.get("/access/revoked")).text() == ""
    guests.put("xa-2", Guest(void_until=NOW))
    guests.put("xa-1", Guest(digest=b"1", void_until=NOW - 5))
    answer = await client.get("/access/revoked")
    assert await answer.text() == f"xa-1 {NOW - 5}\nxa-2 {NOW}\n"
    assert answer.headers["Cache-Control"] == "no-store"
