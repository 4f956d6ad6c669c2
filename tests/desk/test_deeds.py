"""What operators do to a channel as a whole is told."""

from desk.deeds import Deeds
from desk.event_log import EventLog
from desk.said import Said
from tests.desk.samples import channel
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock


def test_each_deed_is_told_with_who_and_why() -> None:
    log, made = EventLog(), channel()
    deeds = Deeds(log, SteppedClock(wall_units=EPOCH))
    deeds.started(made, Said(who="lan"))
    deeds.set(made, "delay 400 ms", Said(who="minh", why="tiếng trễ"))
    deeds.asked(made, "retry", 0, Said())
    deeds.asked(made, "preview", 0, Said(who="lan"))
    deeds.asked(made, "take", 0, Said(who="lan"))  # which its worker tells
    deeds.stopped(made.id, Said(who="lan"))
    told = log.after(0, made.id)
    assert [one["kind"] for one in told] == ["declared", "settings", "retry", "preview", "stopped"]
    assert told[1]["vi"] == "minh đổi thiết lập: delay 400 ms: tiếng trễ"
    assert told[2]["en"].startswith("An operator had feed 1 (")
    assert made.ladder.name in told[0]["en"]
    assert {one["severity"] for one in told} == {"info"}


def test_a_look_is_told_once_however_often_a_page_renews_it() -> None:
    log, made, clock = EventLog(), channel(), SteppedClock(wall_units=EPOCH)
    deeds = Deeds(log, clock)
    for _ in range(20):
        deeds.asked(made, "preview", 0, Said(who="lan"))
        clock.advance(5)
    deeds.asked(made, "preview", 0, Said(who="minh"))
    deeds.asked(made, "preview", 0, Said(who="minh", why="tối quá"))
    clock.advance(11)
    deeds.asked(made, "preview", 0, Said(who="lan"))
    told = log.after(0, made.id)
    assert {one["kind"] for one in told} == {"preview"}
    assert [one["who"] for one in told] == ["lan", "minh", "minh", "lan"]
    assert told[2]["vi"].endswith(": tối quá")
