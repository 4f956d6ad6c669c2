"""A still picture whose sound is broken."""

from dataclasses import replace

from flow.feed import Feed, FeedKind
from ingest.still_sound import StillSound

STILL = Feed(address="a.png", kind=FeedKind.STILL, shown="a.png", sound="a.m4a")


def test_after_a_life_that_ended_the_picture_goes_alone_and_says_why() -> None:
    fine = StillSound()
    assert (fine.of(STILL), fine.why) == (STILL, "")
    broken = fine.after(STILL, "the file is cut off or damaged")
    assert broken.of(STILL) == replace(STILL, sound="")
    assert broken.why == "the file of its sound is left out, there is silence: the file is cut off or damaged"


def test_when_the_picture_alone_ends_too_both_are_tried_again() -> None:
    assert StillSound().after(STILL, "x").after(STILL, "y") == StillSound()


def test_nothing_else_has_a_sound_to_leave_out() -> None:
    for feed in (replace(STILL, sound=""), replace(STILL, kind=FeedKind.FILE, sound="")):
        assert StillSound().after(feed, "it ended") == StillSound()
