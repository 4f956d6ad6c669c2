"""Programmes over the control API, on a real database."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import TestClient

from desk.control_api import errors_as_json
from desk.database.door import DatabaseDoor
from desk.programmes.programme_routes import ProgrammeRoutes
from flow.event import Event, EventKind
from flow.timebase import SCALE
from tests.desk.programmes.filled import HERE, a_database, words
from tests.desk.programmes.some import at
from tests.recorded.clock import SteppedClock

EVENTS: web.AppKey[list[Event]] = web.AppKey("events")


class Desk:
    """The routes, their clock, and how often the schedule was said to have changed."""

    def __init__(self, client: TestClient, clock: SteppedClock) -> None:
        self.client = client
        self.clock = clock

    async def ask(self, method: str, path: str, sent: object = None, **query: str) -> tuple[int, Any]:
        answer = await self.client.request(method, f"/api/v1/{path}", json=sent, params=query)
        return answer.status, await answer.json()


def an_app(door: DatabaseDoor, clock: SteppedClock, changes: list[None]) -> web.Application:
    async def leave(_app: web.Application) -> None:
        door.close()

    app = web.Application(middlewares=[errors_as_json])
    async def told() -> None:
        changes.append(None)

    app[EVENTS] = []
    app.add_routes(ProgrammeRoutes(
        door, clock, HERE, told, on=lambda name: name == "hop", tell=app[EVENTS].append,
    ).routes())
    app.on_cleanup.append(leave)
    return app


@pytest.fixture
def changes() -> list[None]:
    return []


@pytest.fixture
async def desk(tmp_path: Path, aiohttp_client: AiohttpClient, changes: list[None]) -> Desk:
    address, clock = f"sqlite:///{tmp_path / 'register.db'}", SteppedClock(wall_units=at("07:00") * SCALE)
    a_database(address).close()
    return Desk(await aiohttp_client(an_app(DatabaseDoor(address), clock, changes)), clock)


async def test_a_programme_from_its_planning_to_its_end(desk: Desk, changes: list[None]) -> None:
    status, made = await desk.ask("POST", "programmes", words() | {"who": "lan", "why": "họp tuần"})
    assert (status, made["programmes"][0]["id"], made["programmes"][0]["sites"]) == (201, "p1", 4)
    assert (await desk.ask("PATCH", "programmes/p1", {"title": "Khác"}))[1]["title"] == "Khác"
    assert (await desk.ask("GET", "programmes"))[1]["programmes"][0]["state"] == "planned"
    desk.clock.advance(46 * 60)
    assert (await desk.ask("GET", "channels/hop/timetable"))[1]["state"] == "rehearsal"
    assert (await desk.ask("POST", "channels/hop/programme/start"))[1]["state"] == "on-air"
    assert (await desk.ask("POST", "channels/hop/programme/extend", {"by_s": 600}))[0] == 200
    assert (await desk.ask("POST", "channels/hop/programme/stop", {"who": "lan"}))[1]["state"] == "over"
    assert (await desk.ask("GET", "programmes/p1"))[1]["ended"] == "2026-11-24T00:46:00Z"
    assert len(changes) == 5


async def test_a_series_is_cancelled(desk: Desk) -> None:
    await desk.ask("POST", "programmes", words(every="week", count=3))
    status, done = await desk.ask("POST", "programmes/p2/cancel", {"series": True})
    assert (status, [one["id"] for one in done["programmes"]]) == (200, ["p2", "p3"])


@pytest.mark.parametrize(("method", "path", "sent", "status"), [
    ("POST", "programmes", [], 400), ("POST", "programmes", {"channel": "hop"}, 400),
    ("GET", "programmes/p7", None, 404), ("PATCH", "programmes/p7", {"title": "x"}, 404),
    ("GET", "programmes/7", None, 400), ("POST", "programmes/p7/cancel", {"serie": True}, 400),
    ("POST", "channels/hop/programme/start", {"title": 1}, 400),
    ("POST", "channels/other/programme/start", {"title": "x"}, 404),
    ("POST", "channels/hop/programme/start", {"invite": [1]}, 400),
    ("POST", "channels/hop/programme/stop", {"x": 1}, 400), ("POST", "channels/hop/programme/stop", None, 409),
    ("POST", "channels/hop/programme/extend", {"by_s": 1.5}, 400), ("GET", "channels/A/timetable", None, 400),
])
async def test_what_cannot_be_is_refused_with_a_way_out(
    desk: Desk, changes: list[None], method: str, path: str, sent: object, status: int,
) -> None:
    found, answer = await desk.ask(method, path, sent)
    assert (found, bool(answer["problem"]), bool(answer["remedy"]), changes) == (status, True, True, [])


async def test_without_the_database_the_answer_is_a_sentence(aiohttp_client: AiohttpClient) -> None:
    door = DatabaseDoor("postgresql://hoa:canary-12ab@127.0.0.1:1/register")
    clock = SteppedClock(wall_units=at("07:00") * SCALE)
    desk = Desk(await aiohttp_client(an_app(door, clock, [])), clock)
    status, answer = await desk.ask("GET", "programmes")
    assert (status, "canary" in str(answer)) == (503, False)


async def test_what_is_done_is_news(tmp_path: Path, aiohttp_client: AiohttpClient) -> None:
    """T-33: with whom, why and what it is called."""
    address, clock = f"sqlite:///{tmp_path / 'register.db'}", SteppedClock(wall_units=at("07:00") * SCALE)
    a_database(address).close()
    app = an_app(DatabaseDoor(address), clock, [])
    desk = Desk(await aiohttp_client(app), clock)
    series = {"every": "week", "count": 3, "who": "lan", "why": "họp tuần"}
    await desk.ask("POST", "programmes", words() | series)
    await desk.ask("PATCH", "programmes/p1", {"title": "Khác"})
    await desk.ask("POST", "programmes/p2/cancel")
    for deed, sent in (("start", {}), ("extend", {"by_s": 60}), ("stop", {"who": "huy"})):
        await desk.ask("POST", f"channels/hop/programme/{deed}", sent)
    seen = [(event.kind, event.who, event.data["programme"], event.channel) for event in app[EVENTS]]
    assert seen == [
        (EventKind.PROGRAMME_ADDED, "lan", "p1", "hop"), (EventKind.PROGRAMME_CHANGED, "", "p1", "hop"),
        (EventKind.PROGRAMME_CANCELLED, "", "p2", "hop"), (EventKind.PROGRAMME_BEGAN, "", "p1", "hop"),
        (EventKind.PROGRAMME_EXTENDED, "", "p1", "hop"), (EventKind.PROGRAMME_ENDED, "huy", "p1", "hop"),
    ]
    assert app[EVENTS][0].data == {"programme": "p1", "text": "Giao ban", "why": "họp tuần", "count": 2}
