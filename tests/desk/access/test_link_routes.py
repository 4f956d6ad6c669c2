"""Links over the control API."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.access.guest_list import GuestList
from desk.access.link_routes import MOST, LinkRoutes
from desk.access.links import Links
from desk.control_api import errors_as_json
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from flow.event import EventKind
from flow.site_token import digest_of
from tests.desk.access.register import fill
from tests.origin.serving import Client, ClientFactory

NOW = 1_790_001_000
LINK = "http://127.0.0.1:8080/t/"


@pytest.fixture
async def guests() -> GuestList:
    return GuestList(audience=lambda _site, _channel: None, now=lambda: NOW)


@pytest.fixture
def news() -> list[tuple[str, int, str]]:
    return []


@pytest.fixture
async def client(
    tmp_path: Path, guests: GuestList, aiohttp_client: ClientFactory, news: list[tuple[str, int, str]],
) -> Client:
    address = f"sqlite:///{tmp_path / 'register.db'}"
    database = Database.open(address)
    fill(database)
    database.close()
    links = Links(DatabaseDoor(address), guests, tmp_path / "guests.json", wall_ns=lambda: NOW * 10**9)
    app = web.Application(middlewares=[errors_as_json])
    routes = LinkRoutes(
        links, guests, lambda: "http://127.0.0.1:8080",
        lambda kind, count, said: news.append((kind, count, said.who)),
    )
    app.add_routes(routes.routes())
    return await aiohttp_client(TestServer(app))


async def told(client: Client, path: str, words: object) -> tuple[int, dict[str, Any]]:
    answer = await client.post(path, json=words)
    return answer.status, await answer.json()


async def test_a_link_is_made_told_once_and_taken_away(
    client: Client, guests: GuestList, caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    status, said = await told(client, "/api/v1/links", {"sites": ["xa-1"], "who": "lan", "why": "thẻ mới"})
    assert status == 201
    link = said["links"]["xa-1"]
    assert link.startswith(LINK)
    token = link.removeprefix(LINK).rstrip("/")
    assert guests.site_of(digest_of(token) or b"") == "xa-1"
    listed = await (await client.get("/api/v1/links")).text()
    assert '"xa-1"' in listed
    assert token not in listed
    assert (await told(client, "/api/v1/links/revoke", {"sites": ["xa-1"]})) == (200, {"revoked": ["xa-1"]})
    (one,) = (await (await client.get("/api/v1/links")).json())["links"]
    assert one == {"site": "xa-1", "link": False, "void_until": "2026-09-21T14:30:29.000Z", "devices": 4}
    assert "made anew by lan: thẻ mới" in caplog.text
    assert token not in caplog.text  # T-15


@pytest.mark.parametrize("words", [
    {}, [], {"sites": []}, {"sites": "xa-1"}, {"sites": [5]}, {"sites": ["a b"]}, {"sites": ["x"] * (MOST + 1)},
    {"sites": ["xa-1"], "why": "two\nlines"},
])
async def test_what_makes_no_sense_is_refused_with_a_sentence(client: Client, words: object) -> None:
    for path in ("/api/v1/links", "/api/v1/links/revoke"):
        status, said = await told(client, path, words)
        assert status == 400
        assert said["remedy"]


async def test_how_many_devices_watch_at_once_is_said_of_each_site(client: Client) -> None:
    await told(client, "/api/v1/links", {"sites": ["xa-1", "xa-2"]})
    for devices, shown in ((9, [9, 4]), (None, [4, 4])):
        words = {"sites": ["xa-1"], "devices": devices}
        assert await told(client, "/api/v1/links/limit", words) == (200, {"limited": ["xa-1"]})
        links = (await (await client.get("/api/v1/links")).json())["links"]
        assert [one["devices"] for one in links] == shown
    for wrong in ({}, {"devices": 0}, {"devices": "4"}, {"devices": True}, {"devices": 1001}):
        assert (await told(client, "/api/v1/links/limit", {"sites": ["xa-1"], **wrong}))[0] == 400
    assert (await told(client, "/api/v1/links/limit", {"sites": ["xa-9"], "devices": 2}))[0] == 404


async def test_a_site_that_is_not_there_is_named(client: Client) -> None:
    status, said = await told(client, "/api/v1/links", {"sites": ["xa-1", "xa-9"]})
    assert status == 404
    assert "xa-9" in said["problem"]


async def test_a_form_of_a_foreign_page_changes_nothing(client: Client, guests: GuestList) -> None:
    """T-30."""
    answer = await client.post("/api/v1/links", data='{"sites": ["xa-1"]}', headers={"Content-Type": "text/plain"})
    assert answer.status == 415
    assert len(guests) == 0


async def test_what_is_done_is_news_without_the_links(client: Client, news: list[tuple[str, int, str]]) -> None:
    """T-15."""
    await told(client, "/api/v1/links", {"sites": ["xa-1", "xa-2"], "who": "lan"})
    await told(client, "/api/v1/links/revoke", {"sites": ["xa-1"]})
    assert news == [(EventKind.LINKS_GIVEN, 2, "lan"), (EventKind.LINKS_REVOKED, 1, "")]
