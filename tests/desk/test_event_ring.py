from desk.event_ring import KEEP, EventRing, events_message
from tests.desk.samples import event


def test_events_are_numbered_from_one_and_asked_for_by_number() -> None:
    ring = EventRing(life=9)
    assert ring.after(0) == []
    for at in (10, 20, 30):
        ring.add(event(at))
    assert [(number, one.wall_ns) for number, one in ring.after(1)] == [(2, 20), (3, 30)]
    assert events_message(9, ring.after(2)) == {
        "tell": "events", "life": 9, "events": [{"number": 3, **event(30).to_json()}],
    }


def test_the_oldest_go_when_there_is_no_room() -> None:
    ring = EventRing(life=9)
    for at in range(KEEP + 5):
        ring.add(event(at))
    kept = ring.after(0)
    assert (len(kept), kept[0][0], kept[-1][0]) == (KEEP, 6, KEEP + 5)
