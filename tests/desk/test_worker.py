"""The worker's wiring, over a stand-in for programme, encoder and pusher."""

import asyncio
import threading
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

import desk.refusals
import desk.worker
from desk.definition import definition_of
from desk.encoder_choice import Try, untried
from desk.refusals import REFUSED
from desk.system import SystemSpawn
from desk.worker import BEHIND, Worker
from flow.channel import Channel
from flow.encoder_kind import EncoderKind
from flow.errors import OperatorError, ToolError
from flow.status import HeadendLink
from flow.timebase import SCALE
from flow.wire import Positions
from ingest.means import Means
from ingest.switching.wish import Do, Wish
from tests.desk.samples import channel
from tests.desk.test_control_link import until
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock


class Line:
    """What the stand-ins were asked."""

    def __init__(self) -> None:
        self.deeds: list[str] = []
        self.encoder: dict[str, Any] = {}
        self.ticks = 0
        self.pace = 0
        self.refused_for = 0.0
        self.restarts = 0
        self.fallen = ""
        self.programme: dict[str, Any] = {}
        self.adjusted: list[Channel] = []
        self.wishes: list[tuple[Any, ...]] = []
        self.finished: tuple[int, ...] = ()
        self.outcome: Future[int] = Future()
        self.positions: list[Positions | None] = [Positions(floor=EPOCH, last_run=6, renditions={})]


class Part:
    """Programme and encoder in one."""

    count = 0
    troubles: tuple[str, ...] = ()

    def __init__(self, line: Line, name: str) -> None:
        self._line = line
        self._name = name
        self.put = object()

    def start(self) -> None:
        self._line.deeds.append(f"start {self._name}")

    def status(self) -> Any:
        self._line.ticks += self._line.pace
        return SimpleNamespace(
            ticks=self._line.ticks, run=7, restarts=self._line.restarts, why="it was killed",
            fallen=self._line.fallen,
        )

    def command(self, wish: Any, *, who: str = "", why: str = "", restored: bool = False) -> "Future[int]":
        self._line.wishes.append((wish, who, why, restored))
        return self._line.outcome

    def finish(self, feeds: tuple[int, ...]) -> None:
        self._line.finished = feeds

    def adjust(self, channel: Channel) -> None:
        self._line.adjusted.append(channel)

    def stop(self) -> None:
        self._line.deeds.append(f"stop {self._name}")


class StandInPusher:
    """Answers with the positions it was given, one after the other."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.put = object()

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def positions(self, _seconds: float) -> Positions | None:
        return self._line.positions.pop(0)

    def refused_for(self) -> float:
        return self._line.refused_for

    def status(self) -> tuple[HeadendLink, ...]:
        return ()


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()

    def encoder(**words: Any) -> Part:
        made.encoder = words
        return Part(made, "encoder")

    monkeypatch.setattr(desk.worker, "Encoder", encoder)
    def programme(**words: Any) -> Part:
        made.programme = words
        return Part(made, "programme")

    monkeypatch.setattr(desk.worker, "Programme", programme)
    monkeypatch.setattr(desk.worker, "Pusher", lambda **_: StandInPusher(made))
    monkeypatch.setattr(desk.worker, "FIRST_PAUSE", 0.01)
    return made


def worker(
    clock: SteppedClock, made: Channel | None = None, *, revision: int = 0, try_encoder: Try = untried,
) -> Worker:
    return Worker(
        channel=made or channel(), headends=(), clock=clock, means=Means(spawn=SystemSpawn(), ffmpeg="ffmpeg"),
        lobbies=Path("/no/such/folder"), revision=revision, try_encoder=try_encoder,
    )


async def lived(one: Worker, happened: Any) -> None:
    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(one.run(session))
        await until(happened)
        one.over.set()
        await running


async def test_it_starts_above_what_was_published_and_ends_its_children(line: Line) -> None:
    """F-22: no number is used twice."""
    await lived(worker(SteppedClock(wall_units=EPOCH)), lambda: "start programme" in line.deeds)
    assert (line.encoder["floor"], line.encoder["first_run"]) == (EPOCH, 7)
    assert line.deeds == ["start encoder", "start programme", "stop programme", "stop encoder"]


async def test_without_an_answer_nothing_starts(line: Line) -> None:
    """F-22."""
    line.positions = [None, None, *line.positions]
    await lived(worker(SteppedClock(wall_units=EPOCH)), lambda: line.deeds)
    assert line.encoder["first_run"] == 7


async def test_a_clock_behind_what_was_published_is_waited_for_and_told(line: Line) -> None:
    """F-19."""
    clock = SteppedClock(wall_units=EPOCH - 3600 * SCALE)
    one = worker(clock)
    await lived(one, lambda: "behind" in one.status().encoder_why)
    assert "3600 s behind" in one.status().encoder_why
    assert not any(deed.startswith("start") for deed in line.deeds)


async def test_some_seconds_behind_are_no_reason_to_wait(line: Line) -> None:
    await lived(worker(SteppedClock(wall_units=EPOCH - BEHIND)), lambda: line.deeds)


async def test_a_part_that_fails_ends_the_worker(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-01: a whole one is started in its place."""
    async def fail(_self: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(StandInPusher, "run", fail)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(RuntimeError, match="broken"):
            await worker(SteppedClock(wall_units=EPOCH)).run(session)


async def test_a_programme_that_makes_no_ticks_any_more_ends_the_worker(
    line: Line, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-01: a thread that died of anything leaves no channel dead."""
    monkeypatch.setattr(desk.worker, "LOOK", 0.001)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ToolError, match="no tick"):
            await worker(SteppedClock(wall_units=EPOCH)).run(session)
    assert line.deeds[-2:] == ["stop programme", "stop encoder"]


async def test_a_worker_whose_media_nobody_takes_begins_anew_on_the_clock(
    line: Line, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-19: its machine was suspended."""
    monkeypatch.setattr(desk.refusals, "LOOK", 0.001)
    line.pace, line.refused_for = 1, REFUSED
    line.positions += [Positions(floor=EPOCH, last_run=7, renditions={})] * 10_000
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ToolError, match="refused everything"):
            await worker(SteppedClock(wall_units=EPOCH)).run(session)


def told(revision: int, title: str = "Họp giao ban") -> dict[str, Any]:
    return {"do": "run", "definition": {**definition_of(channel(title=title)), "revision": revision}}


async def test_two_headends_that_disagree_do_not_make_it_start_over_and_over(line: Line) -> None:
    one = worker(SteppedClock(wall_units=EPOCH), revision=5)
    one.command(told(4, "older"))
    one.command(told(5, "as old"))
    assert not one.over.is_set()
    one.command(told(6, "newer"))
    assert one.over.is_set()


async def test_a_stop_or_a_newer_definition_ends_it(line: Line) -> None:
    clock = SteppedClock(wall_units=EPOCH)
    one = worker(clock)
    one.command(told(9))
    one.command({"do": "dance"})
    assert not one.over.is_set()
    one.command(told(9, "another"))
    assert one.over.is_set()
    other = worker(clock)
    other.command({"do": "stop"})
    assert other.over.is_set()


def louder(settled: int, *, revision: int = 5, loudness: float = -16.0) -> dict[str, Any]:
    words = definition_of(replace(channel(), loudness=loudness))
    return {"do": "run", "definition": {**words, "revision": revision, "settled": settled}}


async def test_changed_settings_are_taken_over_on_air(line: Line) -> None:
    one = worker(SteppedClock(wall_units=EPOCH), revision=5)

    def change() -> bool:
        if "start programme" in line.deeds and not line.adjusted:
            one.command(louder(7))
            one.command(louder(7, loudness=-30.0))  # of another headend: as old, so it says nothing
            one.command(louder(8, revision=4, loudness=-30.0))
            one.command(louder(8))  # newer, and the same
        return bool(line.adjusted)

    await lived(one, change)
    assert [made.loudness for made in line.adjusted] == [-16.0]


async def test_settings_that_were_changed_before_it_began_are_there_from_the_start(line: Line) -> None:
    one = worker(SteppedClock(wall_units=EPOCH), revision=5)
    one.command(louder(7))
    await lived(one, lambda: "start programme" in line.deeds)
    assert line.programme["channel"].loudness == -16.0
    assert line.adjusted == []


@pytest.mark.parametrize(("standing", "wishes"), [
    ({"cut": True}, [Wish(do=Do.CUT)]), (None, []), ("rubbish", []),
    ({"taken": 0, "text": "8 giờ"}, [Wish(do=Do.TAKE, feed=0, patient=True), Wish(do=Do.CAPTION, text="8 giờ")]),
])
async def test_what_an_operator_left_stands_from_the_first_tick_on(
    line: Line, standing: object, wishes: list[Wish],
) -> None:
    """F-01: a cut is a cut, also when the worker died meanwhile."""
    one = worker(SteppedClock(wall_units=EPOCH))
    one.command({**told(0), "standing": standing})
    await lived(one, lambda: "start programme" in line.deeds)
    assert line.wishes == [(wish, "", "", True) for wish in wishes]


async def test_a_film_that_was_played_once_stays_over(line: Line) -> None:
    """F-01."""
    one = worker(SteppedClock(wall_units=EPOCH))
    one.command({**told(0), "standing": {"played": [1]}})
    await lived(one, lambda: "start programme" in line.deeds)
    assert line.finished == (1,)


ORDER = {"do": "take", "feed": 0, "who": "lan", "why": "thử"}


async def test_an_order_is_done_when_its_tick_is_out(line: Line) -> None:
    one = worker(SteppedClock(wall_units=EPOCH))
    line.outcome.set_result(1_000)
    answers: list[dict[str, Any]] = []

    async def order() -> None:
        answers.append(await one.obey(ORDER))

    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(one.run(session))
        await until(lambda: "start programme" in line.deeds)
        await asyncio.wait_for(order(), 5)
        one.over.set()
        await running
    assert answers == [{"tick": 1_000}]
    assert line.wishes == [(Wish(do=Do.TAKE, feed=0), "lan", "thử", False)]


async def test_of_a_line_that_the_canvas_has_no_room_for_the_rest_is_told(line: Line) -> None:
    one = worker(SteppedClock(wall_units=EPOCH))
    line.outcome.set_result(1_000)
    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(one.run(session))
        await until(lambda: "start programme" in line.deeds)
        answer = await asyncio.wait_for(one.obey({"do": "caption", "text": "m" * 120}), 5)
        one.over.set()
        await running
    assert set(answer["cut"]) == {"m"}


async def test_an_order_that_a_hanging_programme_never_obeys_is_given_up(
    line: Line, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-02: it does not come true later, when nobody expects it."""
    monkeypatch.setattr(desk.worker, "OBEYING", 0.01)
    one = worker(SteppedClock(wall_units=EPOCH))
    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(one.run(session))
        await until(lambda: "start programme" in line.deeds)
        with pytest.raises(TimeoutError):
            await one.obey(ORDER)
        one.over.set()
        await running
    assert line.outcome.cancelled()


async def test_before_it_is_on_air_it_obeys_nothing(line: Line) -> None:
    one = worker(SteppedClock(wall_units=EPOCH))
    with pytest.raises(OperatorError, match="not on air yet"):
        await one.obey(ORDER)
    with pytest.raises(OperatorError, match="no command"):
        await one.obey({"do": "dance"})


async def test_its_start_and_an_encoder_started_again_are_events(
    line: Line, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-01: an alarm, with the reason."""
    monkeypatch.setattr(desk.worker, "LOOK", 0.001)
    line.pace = 1
    one = worker(SteppedClock(wall_units=EPOCH))
    ring = one._events
    async with aiohttp.ClientSession() as session:
        running = asyncio.create_task(one.run(session))
        await until(lambda: ring.after(0))
        line.restarts = 1
        await until(lambda: ring.after(1))
        one.over.set()
        await running
    (_, started), (_, restarted) = ring.after(0)
    assert (started.kind, restarted.kind, restarted.severity) == ("started", "encoder-restarted", "alarm")
    assert restarted.data == {"restarts": 1, "why": "it was killed"}
    assert line.programme["tell"] == ring.add


async def test_without_a_wish_no_encoder_is_tried(line: Line) -> None:
    tried: list[EncoderKind] = []
    one = worker(SteppedClock(wall_units=EPOCH), try_encoder=lambda kind: f"{tried.append(kind)}")
    await lived(one, lambda: "start programme" in line.deeds)
    assert (line.encoder["kind"], tried) == (EncoderKind.X264, [])


async def test_what_was_wished_for_makes_the_pictures_when_its_trial_succeeds(line: Line) -> None:
    wish = replace(channel(), encoder="auto")
    failing = {EncoderKind.NVENC: "no driver", EncoderKind.QSV: ""}
    one = worker(SteppedClock(wall_units=EPOCH), wish, try_encoder=failing.__getitem__)
    await lived(one, lambda: "start programme" in line.deeds)
    assert line.encoder["kind"] is EncoderKind.QSV
    assert [told.kind for _, told in one._events.after(0)] == ["started"]


async def test_x264_in_place_of_what_was_wished_for_is_an_alarm(line: Line) -> None:
    wish = replace(channel(), encoder="nvenc")
    one = worker(SteppedClock(wall_units=EPOCH), wish, try_encoder=lambda _kind: "no driver")
    await lived(one, lambda: len(one._events.after(0)) > 1)
    assert line.encoder["kind"] is EncoderKind.X264
    told = one._events.after(0)[1][1]
    assert (told.kind, told.severity, told.data) == ("encoder-fallen", "alarm", {"why": "nvenc: no driver"})


async def test_each_time_that_a_card_fails_on_air_is_an_alarm(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-01."""
    monkeypatch.setattr(desk.worker, "LOOK", 0.001)
    line.pace = 1
    one = worker(SteppedClock(wall_units=EPOCH))

    def told() -> list[str]:
        if len(one._events.after(0)) == 1:
            line.fallen, line.restarts = "nvenc: it was killed", 1
        if len(one._events.after(0)) == 2:
            line.fallen, line.restarts = "", 2
        if len(one._events.after(0)) == 3:
            line.fallen, line.restarts = "nvenc: it was killed", 3
        return [event.kind for _, event in one._events.after(0)]

    await lived(one, lambda: len(told()) > 3)
    assert told() == ["started", "encoder-fallen", "encoder-restarted", "encoder-fallen"]
    assert one._events.after(0)[1][1].data == {"restarts": 1, "why": "nvenc: it was killed"}


async def test_a_picture_that_cannot_be_read_is_an_event_and_the_channel_is_on_air(
    line: Line, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Part, "troubles", ("the slate /srv/slate.png cannot be read",))
    one = worker(SteppedClock(wall_units=EPOCH))
    await lived(one, lambda: len(one._events.after(0)) > 1)
    told = one._events.after(0)[1][1]
    assert (told.kind, told.severity) == ("picture-missing", "warning")
    assert told.data == {"why": "the slate /srv/slate.png cannot be read"}
    assert "start programme" in line.deeds


async def test_before_it_is_on_it_says_what_it_waits_for(line: Line) -> None:
    status = worker(SteppedClock(wall_units=EPOCH)).status()
    assert (status.on_air, status.ticks, status.run) == ("slate", 0, 0)
    assert "headends" in status.encoder_why


async def test_a_child_that_hangs_does_not_hold_the_end_back(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-02."""
    hanging = threading.Event()
    monkeypatch.setattr(desk.worker, "STOPPING", 0.05)
    monkeypatch.setattr(Part, "stop", lambda _self: hanging.wait())
    await lived(worker(SteppedClock(wall_units=EPOCH)), lambda: line.deeds)
    hanging.set()
