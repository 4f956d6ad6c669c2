"""The schedule as the gate asks for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.programmes.programme_changes import cancelled, changed
from desk.programmes.programme_deeds import extended, started, stopped
from desk.programmes.schedule import Schedule
from desk.programmes.window import MARGIN_S
from flow.ids import ChannelId
from tests.desk.programmes.filled import HERE, a_database, add
from tests.desk.programmes.some import at

HOP, YTE = ChannelId("hop"), ChannelId("yte")


class Headend:
    """One headend's schedule over a database in a folder, which may be taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"sqlite:///{folder / 'db' / 'register.db'}"
        self.now = at("07:00")
        self.begin()

    def begin(self) -> None:
        """A new life."""
        self.door = DatabaseDoor(self.address)
        self.schedule = Schedule(
            self.door, self.folder / "schedule.json", now=lambda: self.now, used=(self.folder / "db").exists,
        )

    async def until(self, clock: str, site: str = "s00004") -> int | None:
        self.now = at(clock)
        await self.schedule.look()
        return self.schedule.watches_until(site, HOP)


@pytest.fixture
def headend(tmp_path: Path) -> Iterator[Headend]:
    made = Headend(tmp_path)
    yield made
    made.door.close()


@pytest.fixture
def database(headend: Headend) -> Iterator[Database]:
    made = a_database(headend.address)
    yield made
    made.close()


async def test_a_site_watches_from_rehearsal_to_end_what_it_is_invited_to(
    headend: Headend, database: Database,
) -> None:
    add(database, "08:00", "09:00", audience="locality:01")
    assert await headend.until("07:44") is None
    assert headend.schedule.rules(HOP)
    assert not headend.schedule.rules(YTE)
    assert await headend.until("07:45") == at("09:00") + MARGIN_S
    assert await headend.until("08:30", "s19") is None
    assert await headend.until("08:59") == at("09:00") + MARGIN_S
    assert await headend.until("09:00") is None


async def test_a_token_does_not_reach_into_what_its_site_is_not_invited_to(
    headend: Headend, database: Database,
) -> None:
    add(database, "08:00", "09:00")
    add(database, "09:00", "10:00", audience="locality:19")
    assert await headend.until("08:10") == at("09:00")
    assert await headend.until("08:10", "s19") == at("09:00") + MARGIN_S
    add(database, "10:03", "11:00", audience="locality:01", rehearsal_s=0)
    assert await headend.until("09:10", "s19") == at("10:03")


async def test_what_changes_holds_with_the_next_look(headend: Headend, database: Database) -> None:
    add(database, "08:00", "09:00")
    assert await headend.until("08:10") is not None
    changed(database, "p1", {"exclude": ["site:s00004"]}, HERE, headend.now)
    assert headend.schedule.watches_until("s00004", HOP) is not None
    assert await headend.until("08:10") is None
    stopped(database, HOP, HERE, at("08:20"))
    assert await headend.until("08:20", "s19") is None
    started(database, HOP, {"title": "Khẩn"}, HERE, at("08:30"))
    for clock in ("08:30", "20:00"):
        until = await headend.until(clock)
        assert until is not None
        assert headend.now < until < headend.now + 2 * 3_600


async def test_a_day_without_a_change_is_looked_up_as_it_goes(headend: Headend, database: Database) -> None:
    add(database, "20:00", "21:00")
    seen = {hour: await headend.until(f"{hour:02}:50") for hour in range(18, 23)}
    assert [hour for hour, until in seen.items() if until is not None] == [19, 20]


async def test_a_headend_that_dies_at_any_minute_comes_back_to_the_right_state(
    headend: Headend, database: Database,
) -> None:
    """A day of programmes with two audiences, one begun early, one that runs over, lived by many lives."""
    add(database, "08:00", "09:30", rehearsal_s=1_800)
    add(database, "10:00", "11:00", audience="locality:19", rehearsal_s=600)
    add(database, "14:00", "15:00", exclude=["region:19"], rehearsal_s=0)
    deeds = {
        "09:50": lambda: started(database, HOP, {}, HERE, at("09:50")),
        "10:50": lambda: extended(database, HOP, {"open": True}, HERE, at("10:50")),
        "11:40": lambda: stopped(database, HOP, HERE, at("11:40")),
    }
    spans = {"s00004": (("07:30", "09:30"), ("14:00", "15:00")), "s19": (("07:30", "09:30"), ("09:50", "11:40"))}
    dies = Random(5)
    for minute in range(7 * 60, 16 * 60, 10):
        clock = f"{minute // 60:02}:{minute % 60:02}"
        headend.now = at(clock)
        deeds.pop(clock, lambda: None)()
        if dies.random() < 0.2:
            headend.door.close()
            headend.begin()
        await headend.schedule.look()
        for site, times in spans.items():
            seen = headend.schedule.watches_until(site, HOP) is not None
            assert seen == any(begin <= clock < end for begin, end in times), (clock, site)


async def test_without_the_database_what_was_known_holds_in_the_next_life_too(
    headend: Headend, database: Database, caplog: pytest.LogCaptureFixture,
) -> None:
    add(database, "08:00", "09:00")
    assert await headend.until("06:00") is None
    database.close()
    headend.door.close()
    shutil.rmtree(headend.folder / "db")
    (headend.folder / "db").write_text("in the way")
    headend.begin()
    for clock in ("08:10", "08:11"):
        assert await headend.until(clock) is not None
    assert await headend.until("09:00") is None
    assert sum("as it was known last" in one.message for one in caplog.records) == 1


async def test_until_it_is_known_who_is_invited_nobody_is(headend: Headend, database: Database) -> None:
    """A headend that has just begun, or cannot read what it knew, lets nobody in by mistake."""
    add(database, "08:00", "09:00", audience="locality:19")
    headend.now = at("08:10")
    for content in (None, "{"):
        if content is not None:
            (headend.folder / "schedule.json").write_text(content)
        headend.door.close()
        headend.begin()
        for channel in (HOP, YTE):
            assert headend.schedule.rules(channel)
            assert headend.schedule.watches_until("s00004", channel) is None
        assert await headend.until("08:10", "s19") is not None
        assert not headend.schedule.rules(YTE)


async def test_that_there_are_no_programmes_is_known_in_the_next_life_too(
    headend: Headend, database: Database,
) -> None:
    await headend.schedule.look()
    assert not headend.schedule.rules(HOP)
    database.close()
    headend.door.close()
    shutil.rmtree(headend.folder / "db")
    (headend.folder / "db").write_text("in the way")
    headend.begin()
    await headend.schedule.look()
    assert not headend.schedule.rules(HOP)


async def test_until_there_is_a_database_none_is_made(headend: Headend) -> None:
    assert await headend.until("08:10") is None
    assert not headend.schedule.rules(HOP)
    assert list(headend.folder.iterdir()) == []


async def test_who_came_in_stays_for_the_margin_unless_he_is_excluded_or_it_is_cancelled(
    headend: Headend, database: Database,
) -> None:
    """T-15: a token holds for longer; the gate asks each time."""
    add(database, "08:00", "09:00", audience="locality:01")
    add(database, "10:00", "11:00", audience="locality:01")

    async def stays(clock: str, site: str = "s00004") -> bool:
        await headend.until(clock)
        return headend.schedule.stays(site, HOP)

    assert [await stays(clock) for clock in ("08:30", "09:04", "09:06")] == [True, True, False]
    assert not await stays("08:30", "s19")
    changed(database, "p1", {"exclude": ["site:s00004"]}, HERE, at("08:30"))
    assert not await stays("08:30")
    assert await stays("09:50")  # it rehearses
    cancelled(database, "p2", HERE, at("09:51"), series=False)
    assert not await stays("09:51")
    assert headend.schedule.rules(HOP)


async def test_cancelling_the_only_programme_lets_no_other_site_in(headend: Headend, database: Database) -> None:
    add(database, "10:00", "11:00", audience="leaders-ministries")
    cancelled(database, "p1", HERE, at("09:51"), series=False)
    assert await headend.until("09:52") is None
    assert headend.schedule.rules(HOP)


async def test_it_says_when_a_programme_for_all_sites_is_on(headend: Headend, database: Database) -> None:
    """T-37: for the two-person rule."""
    add(database)
    add(database, "10:00", "11:00", audience="", invite=["site:s00004"])
    seen, coming = [], []
    for clock in ("07:00", "07:50", "08:30", "09:30", "10:30"):
        await headend.until(clock)
        seen.append((headend.schedule.on(HOP, True), headend.schedule.on(HOP, False)))
        coming.append((headend.schedule.soon(HOP, True), headend.schedule.soon(HOP, False)))
    assert seen == [(False, False), (True, True), (True, True), (False, False), (False, True)]
    assert coming == [(True, True), (False, True), (False, True), (False, True), (False, False)]
    assert not headend.schedule.on(YTE, False)
