"""Tests of sites are taken at once, and written when there is a database."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.programmes.programme import ProgrammeId
from desk.readiness import self_tests
from desk.readiness.self_test_store import SelfTestStore
from desk.readiness.self_tests import SelfTests
from flow.ids import ChannelId
from tests.desk.programmes.filled import a_database, add
from tests.desk.programmes.some import at
from tests.desk.readiness.outcomes import DEAF, GOOD, an_outcome

P1, HOP = ProgrammeId("p1"), ChannelId("hop")


def _of(address: str) -> dict[str, object]:
    database = Database.open(address)
    with database.reading() as connection:
        found = SelfTestStore(connection).of(P1)
    database.close()
    return dict(found)


def _tests(door: DatabaseDoor) -> SelfTests:
    return SelfTests(door, lambda site, _channel: P1 if site != "s19" else None, lambda: at("07:50"))


async def test_what_a_site_found_last_is_written(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'register.db'}"
    database = a_database(address)
    add(database)
    database.close()
    door = DatabaseDoor(address)
    tests = _tests(door)
    assert [tests.take("pm", HOP, one) for one in (DEAF, GOOD)] == [True, True]
    assert not tests.take("s19", HOP, GOOD)
    assert tests.waiting() == {(P1, "pm"): an_outcome(GOOD)}
    assert await tests.write()
    assert tests.waiting() == {}
    assert _of(address) == {"pm": an_outcome(GOOD)}
    door.close()


async def test_it_waits_while_there_is_no_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-41: no test is lost, and no site waits."""
    monkeypatch.setattr(self_tests, "AGAIN", 0.0)
    monkeypatch.setattr(self_tests, "PAUSE", 0.0)
    folder = tmp_path / "gone"
    address = f"sqlite:///{folder / 'register.db'}"
    door = DatabaseDoor(address)
    tests = _tests(door)
    folder.write_text("no folder")
    watching = tests.watch(web.Application())
    await anext(watching)
    assert tests.take("pm", HOP, GOOD)
    assert not await tests.write()
    assert "wait for the database" in caplog.text
    assert tests.waiting() == {(P1, "pm"): an_outcome(GOOD)}
    folder.unlink()
    folder.mkdir()
    database = a_database(address)
    add(database)
    database.close()
    async with asyncio.timeout(5):
        while tests.waiting():  # noqa: ASYNC110 - what waits is a plain value; this only yields
            await asyncio.sleep(0)
    assert _of(address) == {"pm": an_outcome(GOOD)}
    assert tests.take("s00004", HOP, DEAF)
    assert await anext(watching, None) is None  # the application ends: what waits is written
    assert set(_of(address)) == {"pm", "s00004"}
    door.close()
