"""The worker's end of a control connection, against the headend's real end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp.pytest_plugin import AiohttpServer

import desk.control_link
from desk.control_link import ControlLink, shape_of
from desk.lineup import Entry
from desk.registry import Declared
from flow.feed import FeedState
from flow.ids import ChannelId
from flow.status import WorkerStatus
from tests.desk.rooms import Rooms
from tests.desk.samples import channel, feed_status, worker_status


@pytest.fixture
def entry(rooms: Rooms) -> Entry:
    return rooms.lineup.open(Declared(channel=channel(), revision=1))


class Side:
    """What the worker's end was told, and what it tells."""

    def __init__(self) -> None:
        self.status = worker_status()
        self.commands: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def tell(self) -> WorkerStatus:
        return self.status


@asynccontextmanager
async def connected(headend: str, side: Side) -> AsyncIterator[None]:
    link = ControlLink(headend=headend, channel="hop", status=side.tell, command=side.commands.put_nowait)
    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(link.run(session))
        yield
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until(happened: Any) -> None:  # the test's time limit is the limit
    while not happened():  # noqa: ASYNC110 - what happens is the other side's doing
        await asyncio.sleep(0.005)


async def test_commands_come_down_and_changes_go_up(
    rooms: Rooms, entry: Entry, aiohttp_server: AiohttpServer,
) -> None:
    server = await aiohttp_server(rooms.machines())
    side = Side()
    async with connected(str(server.make_url("/")), side):
        assert (await side.commands.get())["do"] == "run"
        await until(lambda: entry.status == worker_status())
        side.status = worker_status("slate")
        await until(lambda: entry.status == worker_status("slate"))
        await rooms.lineup.close(ChannelId("hop"))
        assert await side.commands.get() == {"do": "stop"}


async def test_a_lost_connection_is_made_again(
    rooms: Rooms, entry: Entry, aiohttp_server: AiohttpServer, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk.control_link, "FIRST_PAUSE", 0.01)
    server = await aiohttp_server(rooms.machines())
    side = Side()
    async with connected(str(server.make_url("/")), side):
        await until(lambda: entry.links)
        first = next(iter(entry.links))
        await first.close()
        await until(lambda: entry.links and first not in entry.links)


async def test_a_headend_that_is_away_is_asked_again(
    rooms: Rooms, entry: Entry, aiohttp_server: AiohttpServer, unused_tcp_port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk.control_link, "FIRST_PAUSE", 0.01)
    async with connected(f"http://127.0.0.1:{unused_tcp_port}", Side()):
        await asyncio.sleep(0.02)
        await aiohttp_server(rooms.machines(), port=unused_tcp_port)
        await until(lambda: entry.links)


async def test_a_command_that_cannot_be_read_ends_no_connection(
    rooms: Rooms, entry: Entry, aiohttp_server: AiohttpServer,
) -> None:
    """F-30: a newer headend's definition kills no worker that is on air."""
    server = await aiohttp_server(rooms.machines())
    heard: list[dict[str, Any]] = []

    def refuse(command: dict[str, Any]) -> None:
        heard.append(command)
        raise KeyError("ladder")

    link = ControlLink(headend=str(server.make_url("/")), channel="hop", status=worker_status, command=refuse)
    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(link.run(session))
        await until(lambda: entry.status == worker_status() and heard)
        (opened,) = entry.links
        await opened.send_json({"do": "dance"})
        await until(lambda: len(heard) == 2)
        assert entry.links == {opened}
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_counters_alone_are_no_change() -> None:
    assert shape_of(worker_status()) == shape_of(worker_status(wall_ns=5))


@pytest.mark.parametrize("other", [
    worker_status("held"), worker_status(encoder_why="killed"), worker_status(link_why="away"),
    worker_status(feeds=(feed_status(FeedState.WAITING, "nobody answers"),)),
    worker_status(feeds=(feed_status(sound=False),)),
])
def test_what_an_operator_would_notice_is_a_change(other: WorkerStatus) -> None:
    assert shape_of(other) != shape_of(worker_status())
