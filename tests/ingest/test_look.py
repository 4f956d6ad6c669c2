"""What is known of a feed goes with what happens to its decoder."""

from flow.feed import FeedState
from ingest.facts import Facts
from ingest.look import Look

LIVE = Look(state=FeedState.LIVE, received="h264 1280x720 25 fps", sound=False, restarts=2)


def test_a_decoder_that_has_ended_is_counted_with_its_reason() -> None:
    lost = LIVE.lost("the feed has ended")
    assert (lost.state, lost.why, lost.restarts) == (FeedState.WAITING, "the feed has ended", 3)


def test_a_new_decoder_knows_nothing_yet() -> None:
    assert LIVE.begun("it waits") == Look(state=FeedState.LIVE, why="it waits", restarts=2)


def test_a_feed_that_rests_has_no_fault() -> None:
    rested = LIVE.lost("it broke").rested()
    assert rested == Look(state=FeedState.COLD, restarts=3)
    assert rested.lost("it was ended") == rested
    assert rested.woken() == Look(restarts=3)


def test_what_is_over_neither_rests_nor_wakes() -> None:
    over = Look(state=FeedState.STOPPED)
    assert over.rested().woken() == over


def test_what_a_decoder_has_found_is_known_until_the_next_one_begins() -> None:
    known = Look(state=FeedState.LIVE).knows(Facts(video=("h264",), complete=True), "subrip vie")
    assert (known.received, known.sound, known.captions) == ("h264", False, "subrip vie")
    assert known.begun("") == Look(state=FeedState.LIVE)


def test_a_feed_that_is_left_alone_says_why_until_it_is_tried() -> None:
    """F-03."""
    alone = LIVE.left_alone("what comes in is no picture")
    assert (alone.state, alone.restarts) == (FeedState.QUARANTINED, 3)
    assert "left alone for a minute" in alone.why
    assert alone.tried().state is FeedState.WAITING
    assert LIVE.tried() == LIVE
    assert LIVE.rested().left_alone("it broke").state is FeedState.COLD


def test_one_that_begins_anew_knows_nothing_and_has_lost_nothing() -> None:
    assert LIVE.renewed() == Look(restarts=2)
    for resting in (LIVE.rested(), Look(state=FeedState.STOPPED)):
        assert resting.renewed() == resting
