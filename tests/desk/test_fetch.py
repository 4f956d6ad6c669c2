"""A worker learns its channel from the headends."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpServer

import desk.fetch
from desk.definition import definition_of
from desk.fetch import fetch_definition
from desk.registry import Declared
from flow.errors import OperatorError
from flow.wire import H_WHY
from tests.desk.rooms import Rooms
from tests.desk.samples import channel

OLDER = Declared(channel=channel(), revision=1)
NEWER = Declared(channel=channel(title="newer"), revision=2)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.fetch, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(desk.fetch, "LATE", 0.2)


async def fetched(*headends: str) -> Declared:
    async with aiohttp.ClientSession() as session:
        return await fetch_definition(session, headends, "hop")


async def serving(answer: object, aiohttp_server: AiohttpServer) -> str:
    """The address of a headend that says only this, or nothing for None."""
    async def say(_request: web.Request) -> web.Response:
        if answer is None:
            await asyncio.Event().wait()
        return web.json_response(answer)

    app = web.Application()
    app.router.add_get("/worker/hop/definition", say)
    return str((await aiohttp_server(app, shutdown_timeout=0.01)).make_url("/"))


async def test_the_definition_comes_from_a_headend_that_has_it(
    rooms: Rooms, aiohttp_server: AiohttpServer, unused_tcp_port: int,
) -> None:
    rooms.lineup.open(OLDER)
    server = await aiohttp_server(rooms.machines())
    assert await fetched(f"http://127.0.0.1:{unused_tcp_port}", str(server.make_url("/"))) == OLDER


async def test_of_two_definitions_the_newer_counts(rooms: Rooms, aiohttp_server: AiohttpServer) -> None:
    rooms.lineup.open(OLDER)
    older = str((await aiohttp_server(rooms.machines())).make_url("/"))
    newer = await serving({**definition_of(NEWER.channel), "revision": NEWER.revision}, aiohttp_server)
    assert await fetched(older, newer) == await fetched(newer, older) == NEWER


async def test_a_headend_that_says_nothing_holds_no_other_up(rooms: Rooms, aiohttp_server: AiohttpServer) -> None:
    rooms.lineup.open(OLDER)
    server = await aiohttp_server(rooms.machines())
    assert await fetched(await serving(None, aiohttp_server), str(server.make_url("/"))) == OLDER


async def test_a_headend_that_sends_nonsense_is_passed_over(rooms: Rooms, aiohttp_server: AiohttpServer) -> None:
    rooms.lineup.open(OLDER)
    server = await aiohttp_server(rooms.machines())
    assert await fetched(await serving([1], aiohttp_server), str(server.make_url("/"))) == OLDER


async def test_a_headend_without_the_channel_is_asked_again(rooms: Rooms, aiohttp_server: AiohttpServer) -> None:
    server = await aiohttp_server(rooms.machines())
    asking = asyncio.create_task(fetched(str(server.make_url("/"))))
    await asyncio.sleep(0.02)
    rooms.lineup.open(OLDER)
    assert await asking == OLDER


async def test_a_second_worker_of_a_channel_is_told_that_there_is_one(
    rooms: Rooms, aiohttp_server: AiohttpServer, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two would push each other's media out, and viewers would see holes."""
    monkeypatch.setattr(desk.fetch, "TAKEN", 0.05)
    rooms.lineup.open(OLDER)
    server = await aiohttp_server(rooms.machines())
    async with aiohttp.ClientSession() as session, session.ws_connect(server.make_url("/worker/hop")):
        with pytest.raises(OperatorError, match="Channel hop has a worker already"):
            await fetched(str(server.make_url("/")))


async def test_a_worker_may_follow_one_whose_end_is_noticed_late(
    rooms: Rooms, aiohttp_server: AiohttpServer,
) -> None:
    rooms.lineup.open(OLDER)
    server = await aiohttp_server(rooms.machines())
    async with aiohttp.ClientSession() as session, session.ws_connect(server.make_url("/worker/hop")) as link:
        fetching = asyncio.create_task(fetched(str(server.make_url("/"))))
        await asyncio.wait([fetching], timeout=0.05)
        assert not fetching.done()
        await link.close()
        assert await fetching == OLDER


async def test_a_headend_that_lets_nobody_in_is_told_of_once_and_asked_less_and_less(
    aiohttp_server: AiohttpServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    pauses: list[float] = []
    sleep, asked = asyncio.sleep, asyncio.Event()

    async def refuse(_request: web.Request) -> web.Response:
        if len(pauses) == 14:
            asked.set()
        raise web.HTTPUnauthorized(headers={H_WHY: "studio-2 is revoked: do this"})

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    app = web.Application()
    app.router.add_get("/worker/hop/definition", refuse)
    server = await aiohttp_server(app)
    monkeypatch.setattr("desk.fetch.asyncio.sleep", pause)
    fetching = asyncio.create_task(fetched(str(server.make_url("/"))))
    await asyncio.wait_for(asked.wait(), 5)
    fetching.cancel()
    await asyncio.gather(fetching, return_exceptions=True)
    assert [record.message.count("do this") for record in caplog.records if record.name == "desk.fetch"] == [1]
    assert pauses[-1] == desk.fetch.REFUSED_PAUSE
