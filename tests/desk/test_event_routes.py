"""Events over HTTP: asked for, and followed."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient
from aiohttp.typedefs import Handler

import desk.event_routes
from desk.people.person import PERSON, Person
from desk.people.role import Role
from tests.desk.rooms import Rooms
from tests.desk.samples import event

URL = "/api/v1/events"


@pytest.fixture
async def client(rooms: Rooms, aiohttp_client: AiohttpClient) -> TestClient:
    for number, name in enumerate(("hop", "thu", "hop"), start=1):
        rooms.lineup.events.hear(9, number, event(number, channel=name))
    return await aiohttp_client(rooms.operators())


@pytest.mark.parametrize(("query", "ids"), [
    ("", [1, 2, 3]), ("?after=0", [1, 2, 3]), ("?after=2", [3]), ("?channel=hop", [1, 3]),
    ("?channel=hop&after=1", [3]), ("?channel=no", []),
])
async def test_events_are_asked_for_by_channel_and_by_what_is_known(
    client: TestClient, query: str, ids: list[int],
) -> None:
    said = await (await client.get(URL + query)).json()
    assert ([one["id"] for one in said["events"]], said["last"]) == (ids, 3)
    assert all({"vi", "en", "at", "severity", "who", "data", "kind"} <= set(one) for one in said["events"])


async def test_whoever_asks_on_misses_none(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.event_routes, "MOST", 2)
    monkeypatch.setattr(desk.event_routes, "NEWEST", 1)
    said = await (await client.get(f"{URL}?after=0")).json()
    assert ([one["id"] for one in said["events"]], said["last"]) == ([1, 2], 2)
    said = await (await client.get(f"{URL}?after={said['last']}")).json()
    assert ([one["id"] for one in said["events"]], said["last"]) == ([3], 3)
    assert [one["id"] for one in (await (await client.get(URL)).json())["events"]] == [3]


async def test_sentences_are_sent_as_they_are_written(client: TestClient) -> None:
    assert "Hình chờ lên sóng" in await (await client.get(URL)).text()


@pytest.mark.parametrize("after", ["-1", "x", "\u0661", "9" * 30])
async def test_what_is_no_id_is_refused(client: TestClient, after: str) -> None:
    """T-28."""
    for path in (URL, f"{URL}/stream"):
        assert (await client.get(path, params={"after": after})).status == 400


async def told(answer: ClientResponse) -> dict[str, Any]:
    """The next event of a stream."""
    words = {}
    while line := (await asyncio.wait_for(answer.content.readline(), 5)).decode().rstrip("\n"):
        key, _, value = line.partition(": ")
        words[key] = value
    return words if "data" in words else await told(answer)


async def test_a_stream_brings_what_comes_and_goes_on_where_it_broke(rooms: Rooms, client: TestClient) -> None:
    async with client.get(f"{URL}/stream?channel=hop") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert await answer.content.readline() == b": xacast\n"
        rooms.lineup.events.hear(9, 4, event(4, channel="thu"))
        rooms.lineup.events.hear(9, 5, event(5))
        words = await told(answer)
        assert (words["id"], json.loads(words["data"])["wall_ns"]) == ("5", 5)
    async with client.get(f"{URL}/stream", headers={"Last-Event-ID": "3"}) as answer:
        assert [(await told(answer))["id"] for _ in range(2)] == ["4", "5"]


async def test_an_idle_stream_is_kept_open(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.event_routes, "QUIET", 0.01)
    async with client.get(f"{URL}/stream") as answer:
        lines = [await asyncio.wait_for(answer.content.readline(), 5) for _ in range(5)]
    assert b": still here\n" in lines


async def test_so_many_may_follow_and_no_more(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-18."""
    monkeypatch.setattr(desk.event_routes, "STREAMS", 1)
    async with client.get(f"{URL}/stream") as first:
        await first.content.readline()
        assert (await client.get(f"{URL}/stream")).status == 503


async def test_no_account_takes_all_places_of_the_others(
    rooms: Rooms, aiohttp_client: AiohttpClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-18."""
    @web.middleware
    async def as_said(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[PERSON] = Person(name=request.query["as"], role=Role.VIEWER)
        return await handler(request)

    monkeypatch.setattr(desk.event_routes, "OF_ONE", 1)
    app = rooms.operators()
    app.middlewares.append(as_said)
    client = await aiohttp_client(app)
    async with client.get(f"{URL}/stream?as=xem") as first:
        await first.content.readline()
        refused = await client.get(f"{URL}/stream?as=xem")
        assert (refused.status, "as xem" in await refused.text()) == (503, True)
        async with client.get(f"{URL}/stream?as=lan") as other:
            assert other.status == 200


async def test_another_host_name_follows_nothing(client: TestClient) -> None:
    """T-30, T-45."""
    for path in (URL, f"{URL}/stream"):
        assert (await client.get(path, headers={"Host": "evil.example"})).status == 403
