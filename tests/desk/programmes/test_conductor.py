"""The schedule has its way with the channels' pictures."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.lineup import Entry, Lineup
from desk.order_words import order_from
from desk.programmes.conductor import YIELD_S, Conductor
from desk.programmes.programme_changes import cancelled, changed
from desk.programmes.programme_deeds import extended, started, stopped
from desk.programmes.schedule import Schedule
from desk.registry import Declared
from desk.standing import wishes_of
from desk.standing_file import StandingFile
from flow.ids import ChannelId
from flow.rules import Rules
from flow.timebase import SCALE
from ingest.switching.fitness import Sight
from ingest.switching.standing_in import standing_in
from ingest.switching.switching import Show, Switching, step
from ingest.switching.wish import Do, Wish
from origin.memory_store import MemoryStore
from packager.mark import Mark
from tests.desk.programmes.filled import HERE, a_database, add
from tests.desk.programmes.some import DAY, at
from tests.desk.samples import worker_status
from tests.recorded.builder import channel_of
from tests.recorded.clock import SteppedClock

HOP, YTE = ChannelId("hop"), ChannelId("yte")
FINE = (Sight(alive=True), Sight(alive=True))


class Worker:
    """The switching of one channel, and a headend's connection to it."""

    def __init__(self, standing: dict[str, Any] | None = None) -> None:
        self.state = Switching()
        self.orders: list[str] = []
        self.lineup: Lineup | None = None
        for wish in wishes_of(standing, 2):
            self.wish(wish)
        self.run(130)

    async def send_json(self, message: dict[str, Any]) -> None:
        wish, _ = order_from(message["order"])
        self.orders.append(wish.curtain.key)
        self.wish(wish)
        assert self.lineup is not None
        self.lineup.pending.answered({"id": message["id"], "tick": 1})

    def wish(self, wish: Wish | None) -> None:
        self.state, _ = step(self.state, FINE, Rules(), wish)

    def run(self, ticks: int) -> None:
        for _ in range(ticks):
            self.wish(None)

    @property
    def shown(self) -> str:
        """`slate`, `title` for a programme's slate, or the number of the feed."""
        if self.state.show is Show.SLATE:
            return "title" if self.state.hung else "slate"
        return f"feed {(self.state.feed or 0) + 1}"


class Machine:
    """A headend over files and a database, and its channels' workers; any of them may die."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now_s = folder, at("00:00")
        self.store = MemoryStore()
        self.workers = {HOP: Worker(), YTE: Worker()}
        self.by_hand = False
        self.begin()

    def begin(self) -> None:
        """A headend's new life: all it has is what its files say."""
        self.door = DatabaseDoor(f"sqlite:///{self.folder / 'db' / 'register.db'}")
        self.clock = SteppedClock(wall_units=self.now_s * SCALE)
        self.lineup = Lineup(
            store=self.store, clock=self.clock, kept=StandingFile(self.folder / "standing"),
        )
        self.schedule = Schedule(
            self.door, self.folder / "schedule.json", now=lambda: self.now_s, used=(self.folder / "db").exists,
        )
        self.conductor = Conductor(self.lineup, self.schedule, HERE, now_s=lambda: self.now_s)
        for name, worker in self.workers.items():
            channel = replace(channel_of(), id=name, by_hand=self.by_hand)
            self._connect(self.lineup.open(Declared(channel=channel, revision=1)), worker)

    def _connect(self, entry: Entry, worker: Worker) -> None:
        worker.lineup = self.lineup
        entry.links.clear()
        entry.links.add(worker)  # type: ignore[arg-type]

    def entry(self, name: ChannelId) -> Entry:
        found = self.lineup.get(name)
        assert found is not None
        return found

    def kill_headend(self) -> None:
        self.door.close()
        self.begin()

    def kill_worker(self, name: ChannelId, *, meanwhile: Callable[[], None] = lambda: None) -> None:
        entry = self.entry(name)
        entry.links.clear()
        meanwhile()
        self.conductor.look()
        self.workers[name] = Worker(entry.standing)
        self._connect(entry, self.workers[name])

    async def at(self, clock: str, *, seconds: int = 0, look: bool = True) -> dict[ChannelId, str]:
        """What viewers see then."""
        self.now_s = at(clock) + seconds
        if look:
            await self.schedule.look()
        for _ in range(2):
            for name, worker in self.workers.items():
                status = replace(worker_status(), standing=standing_in(worker.state))
                self.lineup.hear(self.entry(name), status)
            self.conductor.look()
            for _ in range(20):
                await asyncio.sleep(0)
        return {name: worker.shown for name, worker in self.workers.items()}

    def marks(self) -> list[Mark]:
        return list(self.entry(HOP).publisher.marks)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    yield made
    made.door.close()


@pytest.fixture
def database(machine: Machine) -> Iterator[Database]:
    made = a_database(f"sqlite:///{machine.folder / 'db' / 'register.db'}")
    yield made
    made.close()


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_day_of_programmes_with_lives_that_end_at_any_minute(
    machine: Machine, database: Database, seed: int,
) -> None:
    """Begun early, run over, extended, stopped, cancelled; what another channel has changes nothing here."""
    add(database, "08:00", "09:30", rehearsal_s=1_800)
    add(database, "10:00", "11:00", rehearsal_s=600)
    add(database, "12:00", "12:30", rehearsal_s=600)
    add(database, "14:00", "15:00", rehearsal_s=0)
    add(database, "16:00", "17:00")
    add(database, "09:00", "20:00", channel="yte")
    deeds: dict[str, Callable[[], object]] = {
        "09:50": lambda: started(database, HOP, {}, HERE, at("09:50")),
        "10:50": lambda: extended(database, HOP, {"open": True}, HERE, at("10:50")),
        "11:40": lambda: stopped(database, HOP, HERE, at("11:40")),
        "12:25": lambda: extended(database, HOP, {"by_s": 1_800}, HERE, at("12:25")),
        "14:30": lambda: stopped(database, HOP, HERE, at("14:30")),
        "15:50": lambda: cancelled(database, "p5", HERE, at("15:50"), series=False),
        "18:00": lambda: started(database, HOP, {"title": "Khẩn"}, HERE, at("18:00")),
        "18:20": lambda: stopped(database, HOP, HERE, at("18:20")),
    }
    expected = (
        ("00:00", "feed 1"), ("07:30", "title"), ("08:00", "feed 1"), ("09:30", "title"), ("09:50", "feed 1"),
        ("11:40", "title"), ("12:00", "feed 1"), ("13:00", "title"), ("14:00", "feed 1"), ("14:30", "title"),
        ("18:00", "feed 1"), ("18:20", "title"),
    )
    dies = Random(seed)
    for minute in range(7 * 60, 21 * 60):
        clock = _clock(minute)
        deeds.pop(clock, lambda: None)()
        if dies.random() < 0.03:
            machine.kill_headend()
        if dies.random() < 0.03:
            machine.kill_worker(HOP)
        seen = await machine.at(clock)
        assert seen[HOP] == next(row for row in reversed(expected) if row[0] <= clock)[1], clock
        wanted = "feed 1" if clock < "08:45" or "09:00" <= clock < "20:00" else "title"
        assert seen[YTE] == wanted, clock
    ranges = [(mark.id, mark.start // SCALE, (mark.end or 0) // SCALE) for mark in machine.marks()]
    assert ranges == [
        ("p1", at("08:00"), at("09:30")), ("p2", at("09:50"), at("11:40")), ("p3", at("12:00"), at("13:00")),
        ("p4", at("14:00"), at("14:30")), ("p7", at("18:00"), at("18:20")),
    ]


async def test_without_a_programme_nothing_is_said(machine: Machine, database: Database) -> None:
    assert await machine.at("08:00") == {HOP: "feed 1", YTE: "feed 1"}
    add(database, "20:00", "21:00")
    assert await machine.at("08:10") == {HOP: "feed 1", YTE: "feed 1"}
    assert [worker.orders for worker in machine.workers.values()] == [[], []]
    assert machine.conductor.timetable(YTE) is None
    timetable = machine.conductor.timetable(HOP)
    assert timetable is not None
    assert (timetable["state"], timetable["following"]["id"]) == ("idle", "p1")


async def test_an_order_is_given_once_and_an_operators_take_lasts_until_the_next(
    machine: Machine, database: Database,
) -> None:
    add(database, "08:00", "09:00")
    assert (await machine.at("07:50"))[HOP] == "title"
    worker = machine.workers[HOP]
    worker.wish(Wish(do=Do.TAKE, feed=1))
    for clock in ("07:51", "07:55"):
        machine.kill_headend()
        assert (await machine.at(clock))[HOP] == "feed 2"
    assert worker.orders == ["rehearsal:p1"]
    changed(database, "p1", {"title": "Giao ban tháng"}, HERE, at("07:56"))
    assert (await machine.at("07:56"))[HOP] == "feed 2"
    worker.wish(Wish(do=Do.RELEASE))
    assert worker.state.hung is not None
    assert worker.state.hung.title == "Giao ban tháng"
    worker.wish(Wish(do=Do.TAKE, feed=1))
    assert (await machine.at("08:30"))[HOP] == "feed 2"
    assert (await machine.at("09:00"))[HOP] == "title"
    assert worker.orders == ["rehearsal:p1", "rehearsal:p1", "on-air:p1", "after:p1"]


async def test_what_changes_while_a_worker_is_away_holds_when_it_begins(
    machine: Machine, database: Database,
) -> None:
    """Not one tick of the picture after the end."""
    add(database, "08:00", "09:00")
    await machine.at("08:30")

    def later() -> None:
        machine.now_s = at("09:05")

    machine.kill_worker(HOP, meanwhile=later)
    assert machine.workers[HOP].shown == "title"
    await machine.at("09:06")
    assert machine.workers[HOP].orders == []


async def test_a_cut_goes_before_the_schedule(machine: Machine, database: Database) -> None:
    add(database, "08:00", "09:00")
    await machine.at("07:50")
    machine.workers[HOP].wish(Wish(do=Do.CUT))
    for clock in ("07:51", "08:10", "09:10"):
        assert (await machine.at(clock))[HOP] == "slate"
        machine.kill_worker(HOP)


async def test_a_channel_by_hand_is_left_alone_and_given_back(machine: Machine, database: Database) -> None:
    add(database, "08:00", "09:00")
    assert (await machine.at("07:50"))[HOP] == "title"
    machine.by_hand = True
    machine.kill_headend()
    for clock in ("07:51", "08:10", "09:10"):
        assert (await machine.at(clock))[HOP] == "feed 1"
    assert machine.workers[HOP].orders == ["rehearsal:p1", ""]
    assert [mark.id for mark in machine.marks()] == ["p1"]


async def test_with_the_database_gone_it_goes_by_what_it_knew_in_the_next_life_too(
    machine: Machine, database: Database,
) -> None:
    add(database, "08:00", "09:00")
    await machine.at("07:00")
    database.close()
    machine.door.close()
    shutil.rmtree(machine.folder / "db")
    (machine.folder / "db").write_text("in the way")
    machine.begin()
    seen = [(await machine.at(clock))[HOP] for clock in ("07:30", "07:50", "08:10", "09:10")]
    assert seen == ["feed 1", "title", "feed 1", "title"]


async def test_of_two_headends_the_one_that_knows_less_leaves_the_picture_alone_for_a_while(
    machine: Machine, database: Database,
) -> None:
    add(database, "08:00", "09:00")
    await machine.at("07:50")
    worker = machine.workers[HOP]
    assert worker.state.order is not None
    known_s = worker.state.order.known_s + 60
    newer = replace(worker.state.order, key="on-air:p1", down=False, known_s=known_s)
    worker.wish(Wish(do=Do.CURTAIN, curtain=newer))
    assert (await machine.at("07:50"))[HOP] == "feed 1"
    assert worker.orders == ["rehearsal:p1"]
    # It has looked since, and it is so: somebody has gone back to an older database.
    machine.now_s = at("07:50") + YIELD_S
    machine.conductor.look()
    for _ in range(20):
        await asyncio.sleep(0)
    assert worker.shown == "title"


async def test_one_that_cannot_be_followed_keeps_nothing_of_the_others(
    machine: Machine, database: Database, monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(database, "08:00", "09:00")
    add(database, "08:00", "09:00", channel="yte")
    monkeypatch.setattr(machine.entry(HOP).publisher, "marks", None)
    assert (await machine.at("07:50"))[YTE] == "title"
    assert machine.now_s > DAY


async def test_until_the_schedule_is_known_each_picture_stays_as_it_was_left(
    machine: Machine, database: Database,
) -> None:
    """A new life without the file, as after a restore, whose database is slow or gone."""
    add(database, "08:00", "09:00")
    assert (await machine.at("07:50"))[HOP] == "title"
    (machine.folder / "schedule.json").unlink()
    machine.kill_headend()
    machine.kill_worker(HOP)
    for clock in ("07:50", "07:52"):
        assert (await machine.at(clock, look=False))[HOP] == "title"
    assert (await machine.at("08:00"))[HOP] == "feed 1"


async def test_a_channel_that_is_started_after_the_end_shows_its_picture_at_once(
    machine: Machine, database: Database,
) -> None:
    """What was made of the schedule for its life before is not its own."""
    add(database, "08:00", "09:00")
    assert (await machine.at("09:00"))[HOP] == "title"
    channel = machine.entry(HOP).declared.channel
    await machine.lineup.close(HOP)
    revision = at("09:00") * 1_000_000_000 + 20_000_000_000
    machine.workers[HOP] = Worker()
    machine._connect(machine.lineup.open(Declared(channel=channel, revision=revision)), machine.workers[HOP])
    assert (await machine.at("09:00", seconds=30))[HOP] == "feed 1"
