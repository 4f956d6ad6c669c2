import json
from dataclasses import replace

from flow.curtain import Curtain
from flow.event import EventKind, Severity
from flow.feed import Feed, FeedKind
from flow.layout import Layout
from ingest.notices import Notice
from ingest.switching.fitness import Fitness, Health
from ingest.switching.happening import Happening
from ingest.switching.journal import Journal
from ingest.switching.orders import Order
from ingest.switching.switching import Show, Switching
from ingest.switching.wish import Do, Wish

FEEDS = (
    Feed(address="srt://10.0.0.5:9000?passphrase=hush", kind=FeedKind.SRT, shown="srt://10.0.0.5:9000"),
    Feed(address="testcard:", kind=FeedKind.TESTCARD, shown="testcard:"),
)
JOURNAL = Journal("hop", FEEDS)
FIT = Health(missing=0, fitness=Fitness.FIT)
ON_AIR = Switching(feed=0, show=Show.LIVE, health=(FIT, FIT))


def test_an_order_is_told_with_who_what_and_why() -> None:
    order = Order(wish=Wish(do=Do.TAKE, feed=1), who="lan", why="diễn giả mới")
    event = JOURNAL.obeyed(order, ON_AIR, replace(ON_AIR, feed=1), 40)
    assert (event.kind, event.who, event.wall_ns, event.channel) == (EventKind.TAKE, "lan", 40, "hop")
    assert event.data == {
        "why": "diễn giả mới", "feed": 2, "shown": "testcard:", "from": 1, "from_shown": "srt://10.0.0.5:9000",
    }
    assert JOURNAL.obeyed(Order(wish=Wish(do=Do.CUT)), Switching(), Switching(), 0).data == {}


def test_the_schedules_word_is_told_with_what_it_is_about() -> None:
    for key, kind in (
        ("rehearsal:p7", EventKind.REHEARSAL), ("on-air:p7", EventKind.PROGRAMME_ON),
        ("after:p7", EventKind.PROGRAMME_OVER),
    ):
        order = Order(wish=Wish(do=Do.CURTAIN, curtain=Curtain(key=key, title="Giao ban")))
        event = JOURNAL.obeyed(order, Switching(), Switching(), 40)
        assert (event.kind, event.severity, event.who) == (kind, Severity.INFO, "")
        assert event.data == {"programme": "p7", "text": "Giao ban"}
    nothing = JOURNAL.obeyed(Order(wish=Wish(do=Do.CURTAIN)), Switching(), Switching(), 40)
    assert (nothing.kind, nothing.data) == (EventKind.SCHEDULE_OFF, {})


def test_a_take_of_what_is_not_there_yet_is_told_as_a_wish() -> None:
    order = Order(wish=Wish(do=Do.TAKE, feed=1, patient=True), who="lan")
    event = JOURNAL.obeyed(order, ON_AIR, replace(ON_AIR, awaited=1), 40)
    assert (event.kind, event.data["feed"]) == (EventKind.TAKE_LATER, 2)
    there = JOURNAL.obeyed(order, ON_AIR, replace(ON_AIR, feed=1), 40)
    assert there.kind is EventKind.TAKE


def test_what_is_in_effect_without_anybody_s_order_now_says_how_it_came_so() -> None:
    """F-01: after a worker's death nobody looks for the operator who did that just then."""
    order = Order(wish=Wish(do=Do.CUT), restored=True)
    event = JOURNAL.obeyed(order, Switching(), Switching(cut=True), 40)
    assert (event.kind, event.who, event.data) == (EventKind.CUT, "", {"how": "restored"})
    (came,) = JOURNAL.told([Happening(kind=EventKind.TAKE, feed=1)], replace(ON_AIR, feed=1), 80)
    assert (came.who, came.data) == ("", {"feed": 2, "shown": "testcard:", "how": "awaited"})


def test_an_automatic_switch_says_from_where_and_for_what_reason() -> None:
    """F-04."""
    lost = Switching(feed=1, show=Show.LIVE, health=(Health(), FIT))
    (event,) = JOURNAL.told([Happening(kind=EventKind.SWITCH, feed=1, origin=0)], lost, 80)
    assert (event.severity, event.who) == (Severity.WARNING, "")
    assert event.data == {
        "feed": 2, "shown": "testcard:", "from": 1, "from_shown": "srt://10.0.0.5:9000", "reason": "lost",
    }
    (back,) = JOURNAL.told([Happening(kind=EventKind.SWITCH, feed=0, origin=1)], ON_AIR, 80)
    assert back.data["reason"] == "better"


def test_what_follows_a_film_that_was_played_alarms_nobody() -> None:
    """F-04."""
    over = replace(FIT, fitness=Fitness.LOST, over=True)
    after = Switching(feed=1, show=Show.LIVE, health=(over, FIT))
    told = JOURNAL.told([
        Happening(kind=EventKind.PLAYED, feed=0), Happening(kind=EventKind.SWITCH, feed=1, origin=0),
    ], after, 80)
    assert {event.severity for event in told} == {Severity.INFO}
    assert told[1].data["reason"] == "played"


def test_the_slate_says_what_brought_it() -> None:
    """F-05."""
    happened = [Happening(kind=EventKind.SLATE_ON, feed=0)]
    for state, reason, severity in (
        (Switching(cut=True, health=(FIT, FIT)), "cut", Severity.INFO),
        (Switching(curtain=True, feed=0, health=(Health(), FIT)), "schedule", Severity.INFO),
        (Switching(feed=0, health=(Health(fitness=Fitness.LOBBY), FIT)), "lobby", Severity.ALARM),
        (Switching(feed=0, health=(Health(fitness=Fitness.BLACK), FIT)), "alone-black", Severity.ALARM),
        (Switching(feed=0, health=(Health(fitness=Fitness.FROZEN), FIT)), "alone-frozen", Severity.ALARM),
        (Switching(feed=0, health=(Health(), Health())), "lost", Severity.ALARM),
        (Switching(feed=0, health=(Health(over=True), Health())), "alone-played", Severity.ALARM),
    ):
        (event,) = JOURNAL.told(happened, state, 0)
        assert (event.data["reason"], event.severity) == (reason, severity)


def test_a_slate_that_only_the_pause_keeps_on_air_names_the_feed_to_come_and_when() -> None:
    """F-04: that no other is fit would be untrue."""
    slate = Happening(kind=EventKind.SLATE_ON, feed=0)
    fit = replace(FIT, well=1)
    for fitness, reason in ((Fitness.LOST, "lost"), (Fitness.BLACK, "black"), (Fitness.FROZEN, "frozen")):
        state = Switching(feed=0, down=101, health=(Health(fitness=fitness), fit))
        (event,) = JOURNAL.told([slate], state, 0)
        assert event.severity is Severity.ALARM
        assert event.data == {
            "feed": 1, "shown": "srt://10.0.0.5:9000", "reason": reason, "how": "paused",
            "next": 2, "next_shown": "testcard:", "seconds": 5,
        }


def test_a_held_film_that_is_over_does_not_say_that_no_other_is_fit() -> None:
    """F-05."""
    state = Switching(feed=0, hold=True, health=(Health(over=True), replace(FIT, well=1)))
    (event,) = JOURNAL.told([Happening(kind=EventKind.SLATE_ON, feed=0)], state, 0)
    assert (event.data["reason"], event.severity) == ("held-played", Severity.ALARM)


def test_a_layout_that_changed_by_itself_says_why_and_slides_alone_are_an_alarm() -> None:
    """F-05."""
    for reason, severity in (("slides-came", Severity.INFO), ("speaker-away", Severity.ALARM)):
        one = Happening(kind=EventKind.LAYOUT_CHANGED, layout=Layout.SLIDES, reason=reason)
        (event,) = JOURNAL.told([one], ON_AIR, 80)
        assert (event.severity, event.data) == (severity, {"layout": "slides", "reason": reason})


def test_what_a_feed_notices_is_an_alarm_with_its_detail() -> None:
    """T-10."""
    event = JOURNAL.noticed(0, Notice(kind=EventKind.STRANGER, said="10.0.0.66"), 40)
    assert (event.kind, event.severity, event.wall_ns) == (EventKind.STRANGER, Severity.ALARM, 40)
    assert event.data == {"feed": 1, "shown": "srt://10.0.0.5:9000", "why": "10.0.0.66"}
    refused = JOURNAL.noticed(0, Notice(kind=EventKind.CALLER_REFUSED, said="wrong-passphrase"), 40)
    assert (refused.severity, refused.data["reason"]) == (Severity.WARNING, "wrong-passphrase")


def test_no_event_holds_a_secret() -> None:
    """T-11."""
    happened = [Happening(kind=kind, feed=0, origin=0) for kind in EventKind]
    told = JOURNAL.told(happened, ON_AIR, 0)
    assert "hush" not in json.dumps([one.to_json() for one in told])
