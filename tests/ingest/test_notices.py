from flow.event import EventKind
from ingest.notices import AGAIN_NS, Notice, Notices


def test_what_is_noticed_is_told_once_and_again_after_a_minute() -> None:
    one = Notices()
    for at in (0, 1, AGAIN_NS - 1):
        one.add(EventKind.STRANGER, "10.0.0.66", at)
    assert one.take() == (Notice(kind=EventKind.STRANGER, said="10.0.0.66"),)
    assert one.take() == ()
    one.add(EventKind.STRANGER, "10.0.0.66", AGAIN_NS)
    assert len(one.take()) == 1


def test_a_flood_of_notices_is_cut_off() -> None:
    """T-09: a stream that changes with each packet fills no log."""
    one = Notices()
    told = 0
    for at in range(10_000):
        one.add(EventKind.STREAMS, f"h264 on {at}", at)
        told += len(one.take())
    assert told == 5
    one.add(EventKind.SENDER, "another one, meanwhile", 10_000)
    assert [notice.kind for notice in one.take()] == [EventKind.SENDER]
    one.add(EventKind.STREAMS, "later", AGAIN_NS + 10_000)
    assert [notice.said for notice in one.take()] == ["later"]


def test_other_codecs_in_the_next_life_are_told() -> None:
    """T-10: of a feed of any kind."""
    one = Notices()
    for codecs in ("", "h264, aac", "h264, aac", "", "hevc, aac"):
        one.codecs(codecs, 0)
    assert [(notice.kind, notice.said) for notice in one.take()] == [
        (EventKind.STREAMS, "hevc, aac; before: h264, aac"),
    ]
