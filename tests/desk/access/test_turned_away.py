"""Who was turned away is told, and no log is filled with it."""

from desk.access.turned_away import AGAIN, TurnedAway
from desk.event_log import EventLog
from flow.guests import Turned
from tests.recorded.builder import EPOCH
from tests.recorded.clock import SteppedClock


def test_it_is_told_once_in_a_while_of_each_site() -> None:
    """T-15."""
    log, clock = EventLog(), SteppedClock(wall_units=EPOCH)
    away = TurnedAway(log, clock)
    for _ in range(50):
        away.told(Turned.ELSEWHERE, "xa-1", "hop", "203.0.113.5")
        away.told(Turned.CROWDED, "xa-1", "hop", None)
        away.told(Turned.ELSEWHERE, "xa-2", "", "203.0.113.6")
    first, second, third = log.after(0)
    assert (first["kind"], first["severity"]) == ("site-elsewhere", "warning")
    assert first["en"] == "The link of site xa-1 was used from 203.0.113.5, where it may not be, and was refused"
    assert second["kind"] == "site-crowded"
    assert third["channel"] == ""
    clock.advance(AGAIN // 1_000_000_000 + 1)
    away.told(Turned.ELSEWHERE, "xa-1", "hop", "203.0.113.5")
    assert len(log.after(0)) == 4


def test_halls_in_the_wrong_network_are_an_alarm_of_their_channel_for_a_while() -> None:
    clock = SteppedClock(wall_units=EPOCH)
    away = TurnedAway(EventLog(), clock)
    away.told(Turned.ELSEWHERE, "xa-1", "hop", "203.0.113.5")
    away.told(Turned.CROWDED, "xa-3", "hop", None)
    assert away.alarms("hop")[0].startswith("a site was turned away by the address lately: `xacast events hop`")
    away.told(Turned.ELSEWHERE, "xa-2", "hop", "203.0.113.6")
    assert away.alarms("hop")[0].startswith("2 sites were")
    assert away.alarms("kin") == []
    clock.advance(AGAIN // 1_000_000_000 + 1)
    assert away.alarms("hop") == []
