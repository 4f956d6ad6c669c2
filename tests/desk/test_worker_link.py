"""The headend's end of a control connection."""

from dataclasses import replace
from typing import Any

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError, web
from aiohttp.pytest_plugin import AiohttpClient

from desk.definition import channel_from
from desk.lineup import Entry
from desk.registry import Declared
from flow.ids import ChannelId
from flow.standing import Standing
from tests.desk.rooms import Rooms
from tests.desk.samples import channel, event, worker_status
from tests.desk.test_control_link import until


@pytest.fixture
def entry(rooms: Rooms) -> Entry:
    return rooms.lineup.open(Declared(channel=channel(), revision=1))


async def test_the_definition_comes_first_and_the_status_is_heard(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient,
) -> None:
    client = await aiohttp_client(rooms.machines())
    async with client.ws_connect("/worker/hop") as link:
        first = await link.receive_json()
        assert first["do"] == "run"
        assert channel_from(first["definition"]) == channel()
        assert first["heard"] == {}
        for rubbish in ("rubbish", "[" * 5_000, '{"feeds": ["a"]}'):
            await link.send_str(rubbish)
        await link.send_str("{}")
        await link.send_json(worker_status().to_json())
        await until(lambda: entry.status)
        await rooms.lineup.close(ChannelId("hop"))
        assert await link.receive_json() == {"do": "stop"}
        assert (await link.receive()).type is WSMsgType.CLOSE
    assert entry.status == worker_status()


async def test_a_new_worker_hears_what_an_operator_left(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient,
) -> None:
    """F-01. A worker that is not on air yet has not heard of it, and its word does not count."""
    client = await aiohttp_client(rooms.machines())
    rooms.lineup.hear(entry, replace(worker_status(), standing=Standing(cut=True)))
    rooms.lineup.hear(entry, replace(worker_status(), ticks=0))
    async with client.ws_connect("/worker/hop") as link:
        assert (await link.receive_json())["standing"] == Standing(cut=True).to_json()


async def test_a_worker_that_goes_unasked_is_told_and_one_that_is_stopped_is_not(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient,
) -> None:
    """F-01: what viewers missed has a line in the log."""
    client = await aiohttp_client(rooms.machines())
    log = rooms.lineup.events
    async with client.ws_connect("/worker/hop") as link:
        await link.receive_json()
    await until(lambda: log.last)
    assert [(told["kind"], told["severity"]) for told in log.after(0)] == [("worker-lost", "alarm")]
    async with client.ws_connect("/worker/hop") as link:
        await link.receive_json()
        await rooms.lineup.close(ChannelId("hop"))
    await until(lambda: not entry.links)
    assert log.last == 1


async def test_events_are_logged_each_on_its_own(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient,
) -> None:
    """T-13: neither a newer worker's kind nor another channel's event is taken."""
    client = await aiohttp_client(rooms.machines())
    log = rooms.lineup.events
    told = [
        {"number": 1, **event(1).to_json()}, {"number": 2, **event(2).to_json(), "kind": "dance"}, "rubbish",
        {"number": 3, **event(3, channel="other").to_json()}, {"number": 4, **event(4).to_json()},
    ]
    async with client.ws_connect("/worker/hop") as link:
        await link.receive_json()
        await link.send_json({"tell": "events", "life": 9, "events": told})
        await link.send_json({"tell": "events", "life": "x", "events": told})
        await link.send_json({"tell": "answer", "id": 77, "tick": 5})
        await until(lambda: log.last == 2)
        assert [record["wall_ns"] for record in log.after(0)] == [1, 4]
    async with client.ws_connect("/worker/hop") as link:
        assert (await link.receive_json())["heard"]["9"] == 4


async def test_a_connection_counts_while_it_lasts(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient,
) -> None:
    client = await aiohttp_client(rooms.machines())
    async with client.ws_connect("/worker/hop") as link:
        await link.receive_json()
        assert len(entry.links) == 1
        await link.close()
    assert not entry.links


async def test_a_change_while_a_worker_takes_its_first_words_is_heard_too(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-01."""
    client, send = await aiohttp_client(rooms.machines()), web.WebSocketResponse.send_json
    other = Declared(channel=replace(channel(), title="Họp giao ban"), revision=2)

    async def slow(link: web.WebSocketResponse, words: dict[str, Any]) -> None:
        await send(link, words)
        if entry.declared is not other:
            await rooms.lineup.change(entry, other)

    monkeypatch.setattr(web.WebSocketResponse, "send_json", slow)
    async with client.ws_connect("/worker/hop") as link:
        assert channel_from((await link.receive_json())["definition"]) == channel()
        assert channel_from((await link.receive_json())["definition"]) == other.channel


async def test_a_channel_that_is_stopped_while_a_worker_shakes_hands_is_not_run(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient, monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, prepare = await aiohttp_client(rooms.machines()), web.WebSocketResponse.prepare

    async def slow(link: web.WebSocketResponse, request: web.Request) -> Any:
        writer = await prepare(link, request)
        await rooms.lineup.close(entry.name)
        return writer

    monkeypatch.setattr(web.WebSocketResponse, "prepare", slow)
    async with client.ws_connect("/worker/hop") as link:
        assert await link.receive_json() == {"do": "stop"}
        assert (await link.receive()).type is WSMsgType.CLOSE


async def test_the_definition_may_be_asked_for_and_is_not_kept(
    rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient,
) -> None:
    """T-11: it holds the feeds' secrets."""
    client = await aiohttp_client(rooms.machines())
    answer = await client.get("/worker/hop/definition")
    assert channel_from(await answer.json()) == entry.declared.channel
    assert answer.headers["Cache-Control"] == "no-store"


async def test_an_unknown_channel_has_no_worker(rooms: Rooms, aiohttp_client: AiohttpClient) -> None:
    client = await aiohttp_client(rooms.machines())
    assert (await client.get("/worker/hop/definition")).status == 404
    assert (await client.get("/worker/hop")).status == 404


async def test_a_page_is_no_worker(rooms: Rooms, entry: Entry, aiohttp_client: AiohttpClient) -> None:
    """T-30: cross-site WebSocket hijacking."""
    client = await aiohttp_client(rooms.machines())
    with pytest.raises(WSServerHandshakeError) as caught:
        await client.ws_connect("/worker/hop", headers={"Origin": "http://127.0.0.1"})
    assert caught.value.status == 403
