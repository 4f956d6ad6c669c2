import asyncio
from pathlib import Path

from desk.event_file import EventFile
from desk.event_log import KEEP, LIVES, EventLog
from tests.desk.samples import event


def test_events_get_an_id_and_are_asked_for_by_it_and_by_channel() -> None:
    log = EventLog()
    assert (log.last, log.after(0)) == (0, [])
    for number, name in enumerate(("hop", "thu", "hop"), start=1):
        log.hear(9, number, event(number, channel=name))
    assert log.last == 3
    assert [one["id"] for one in log.after(1)] == [2, 3]
    assert [one["id"] for one in log.after(0, "hop")] == [1, 3]
    assert [one["id"] for one in log.back("hop")] == [3, 1]
    assert log.after(0)[0]["en"] == "The slate is on air: it is lost"


def test_what_was_heard_before_is_dropped() -> None:
    log = EventLog()
    for number in (1, 2, 2, 1, 3):
        log.hear(9, number, event(number))
    log.hear(10, 1, event(99))
    assert [one["wall_ns"] for one in log.after(0)] == [1, 2, 3, 99]
    assert log.heard("hop") == {"9": 3, "10": 1}
    assert log.heard("thu") == {}


def test_what_a_headend_itself_tells_has_an_id_and_is_no_workers() -> None:
    log = EventLog()
    log.hear(9, 1, event(1))
    log.note(event(2))
    log.note(event(3))
    assert [one["id"] for one in log.after(0)] == [1, 2, 3]
    assert log.heard("hop") == {"9": 1}


def test_old_lives_are_forgotten() -> None:
    log = EventLog()
    for life in range(100, 100 + 2 * LIVES):
        log.hear(life, 1, event(1))
    assert list(log.heard("hop")) == [str(life) for life in range(100 + LIVES, 100 + 2 * LIVES)]


def test_memory_is_bounded() -> None:
    """F-39: in a year as in an hour."""
    log = EventLog()
    for number in range(1, KEEP + 10):
        log.hear(9, number, event(number))
    assert (len(log.after(0)), log.after(0)[0]["id"]) == (KEEP, 10)


def test_a_restarted_headend_goes_on_where_it_was(tmp_path: Path) -> None:
    """F-30: ids go on, and nothing is taken twice."""
    path = tmp_path / "events.jsonl"
    file = EventFile(path)
    file.start()
    first = EventLog(file)
    first.hear(9, 1, event(1))
    first.hear(9, 2, event(2))
    file.stop()
    second = EventLog(EventFile(path))
    assert (second.last, second.heard("hop")) == (2, {"9": 2})
    second.hear(9, 2, event(2))
    second.hear(9, 3, event(3))
    assert [one["id"] for one in second.after(0)] == [1, 2, 3]


async def test_whoever_waits_is_woken_by_the_next_event() -> None:
    log = EventLog()
    waiting = asyncio.create_task(log.grown(0))
    await asyncio.sleep(0)
    assert not waiting.done()
    log.hear(9, 1, event(1))
    await asyncio.wait_for(waiting, 1)
    await asyncio.wait_for(log.grown(0), 1)
