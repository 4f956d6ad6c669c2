"""The worker's end of a control connection, against the headend's real end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpServer

import desk.control_link
from desk.control_link import ControlLink, shape_of
from desk.errors import RefusedError
from desk.event_ring import EventRing
from desk.lineup import Entry
from desk.registry import Declared
from flow.errors import OperatorError
from flow.feed import FeedState
from flow.ids import ChannelId
from flow.status import WorkerStatus
from flow.wire import H_WHY
from tests.desk.rooms import Rooms
from tests.desk.samples import channel, event, feed_status, worker_status


@pytest.fixture
def entry(rooms: Rooms) -> Entry:
    return rooms.lineup.open(Declared(channel=channel(), revision=1))


class Side:
    """What the worker's end was told, and what it tells."""

    def __init__(self) -> None:
        self.status = worker_status()
        self.commands: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.events = EventRing(life=5)
        self.orders: list[dict[str, Any]] = []

    def tell(self) -> WorkerStatus:
        return self.status

    async def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        self.orders.append(order)
        if order["do"] == "take":
            problem = "feed 2 has no picture now"
            raise OperatorError(problem, "Take another one")
        if order["do"] == "hold":
            raise ZeroDivisionError
        return {"tick": 1_000}

    def link(self, headend: str, command: Any = None) -> ControlLink:
        return ControlLink(
            headend=headend, channel="hop", status=self.tell, command=command or self.commands.put_nowait,
            events=self.events, obey=self.obey,
        )


@asynccontextmanager
async def connected(headend: str, side: Side) -> AsyncIterator[None]:
    link = side.link(headend)
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

    link = Side().link(str(server.make_url("/")), refuse)
    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(link.run(session))
        await until(lambda: entry.status == worker_status() and heard)
        (opened,) = entry.links
        await opened.send_str("[" * 5_000)  # T-09
        await opened.send_json({"do": "dance"})
        await until(lambda: len(heard) == 2)
        assert entry.links == {opened}
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_an_order_goes_down_and_its_answer_comes_up(
    rooms: Rooms, entry: Entry, aiohttp_server: AiohttpServer,
) -> None:
    server = await aiohttp_server(rooms.machines())
    side, give = Side(), rooms.lineup.pending.give
    async with connected(str(server.make_url("/")), side):
        await until(lambda: entry.links)
        order = {"do": "cut", "who": "lan"}
        answer = await asyncio.wait_for(give("hop", entry.links, order), 5)
        assert (answer["tick"], side.orders) == (1_000, [order])
        with pytest.raises(RefusedError, match="has no picture now"):
            await asyncio.wait_for(give("hop", entry.links, {"do": "take", "feed": 1}), 5)
        with pytest.raises(RefusedError, match="could not obey"):
            await asyncio.wait_for(give("hop", entry.links, {"do": "hold"}), 5)


def told(rooms: Rooms) -> list[int]:
    """What workers told, and not that one has gone."""
    return [one["wall_ns"] for one in rooms.lineup.events.after(0) if one["kind"] != "worker-lost"]


async def test_events_go_up_once_also_over_a_broken_connection(
    rooms: Rooms, entry: Entry, aiohttp_server: AiohttpServer, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-30: what happened while the headend was away comes with the next connection, and nothing comes twice."""
    monkeypatch.setattr(desk.control_link, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(desk.control_link, "LOOK", 0.01)
    server = await aiohttp_server(rooms.machines())
    side = Side()
    side.events.add(event(1))
    async with connected(str(server.make_url("/")), side):
        await until(lambda: told(rooms) == [1])
        first = next(iter(entry.links))
        await first.close()
        side.events.add(event(2))
        await until(lambda: told(rooms) == [1, 2])
        await until(lambda: entry.links and first not in entry.links)
        side.events.add(event(3))
        await until(lambda: told(rooms) == [1, 2, 3])


async def test_a_worker_that_was_started_anew_is_heard_from_its_first_event_on(
    rooms: Rooms, entry: Entry, aiohttp_server: AiohttpServer,
) -> None:
    server = await aiohttp_server(rooms.machines())
    for life in (5, 6):
        side = Side()
        side.events = EventRing(life=life)
        side.events.add(event(life))
        async with connected(str(server.make_url("/")), side):
            await until(lambda: told(rooms)[-1:] == [life])  # noqa: B023 - it is awaited at once
    assert told(rooms) == [5, 6]


def test_counters_alone_are_no_change() -> None:
    assert shape_of(worker_status()) == shape_of(worker_status(wall_ns=5))


@pytest.mark.parametrize("other", [
    worker_status("held"), worker_status(encoder_why="killed"), worker_status(link_why="away"),
    worker_status(feeds=(feed_status(FeedState.WAITING, "nobody answers"),)),
    worker_status(feeds=(feed_status(sound=False),)), replace(worker_status(), mode="cut"),
    replace(worker_status(), since_ns=7), worker_status(feeds=(replace(feed_status(), unfit="black"),)),
])
def test_what_an_operator_would_notice_is_a_change(other: WorkerStatus) -> None:
    assert shape_of(other) != shape_of(worker_status())


async def test_a_headend_that_lets_it_in_no_more_is_told_of_once_and_asked_less_and_less(
    aiohttp_server: AiohttpServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """A worker that is revoked fills no log, and no listener."""
    clock = [f"the clock is 3{at}.0 s ahead: do that" for at in range(4)]
    said = iter(["studio-2 is revoked: do this"] * 12 + clock)
    pauses: list[float] = []
    sleep, asked = asyncio.sleep, asyncio.Event()

    async def refuse(_request: web.Request) -> web.Response:
        if (why := next(said, None)) is None:
            asked.set()
            raise web.HTTPServiceUnavailable
        raise web.HTTPUnauthorized(headers={H_WHY: why})

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    app = web.Application()
    app.router.add_get("/worker/hop", refuse)
    server = await aiohttp_server(app)
    async with aiohttp.ClientSession() as session:
        monkeypatch.setattr("desk.control_link.asyncio.sleep", pause)
        running = asyncio.create_task(Side().link(str(server.make_url("/"))).run(session))
        await asyncio.wait_for(asked.wait(), 5)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    told = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert ["do this" in one for one in told] == [True, False]
    assert "3" in told[1]
    assert pauses[:3] == [0.2, 0.4, 0.8]
    assert pauses[9:16] == [desk.control_link.REFUSED_PAUSE] * 7
    assert max(pauses[16:], default=0) <= desk.control_link.LONGEST_PAUSE
