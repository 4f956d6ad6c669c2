"""Which sounds of a feed are decoded, and what each track may carry."""

from dataclasses import replace

import pytest

from flow.feed import Feed, FeedKind
from flow.layout import Role
from ingest.sound_plan import SoundPlan, plan_of

FEED = Feed(address="a.ts", kind=FeedKind.FILE, shown="a.ts")


def test_a_channel_with_one_track_takes_the_first_sound_alone() -> None:
    assert plan_of(FEED, 1) == SoundPlan() == SoundPlan(streams=(1,), choices=((0,),))


def test_each_track_takes_the_sound_at_its_own_place_or_else_the_original() -> None:
    assert plan_of(FEED, 3) == SoundPlan(streams=(1, 2, 3), choices=((0,), (1, 0), (2, 0)))


@pytest.mark.parametrize(("sounds", "tracks", "plan"), [
    ((2, 1), 2, SoundPlan(streams=(2, 1), choices=((0, 1), (1, 0)))),
    ((2,), 1, SoundPlan(streams=(2, 1), choices=((0, 1),))),
    ((3,), 2, SoundPlan(streams=(3, 2, 1), choices=((0, 2), (1, 0, 2)))),
    ((1, 0), 2, SoundPlan(streams=(1,), choices=((0,), ()))),
    ((0, 2), 2, SoundPlan(streams=(2, 1), choices=((), (0, 1)))),
    ((0,), 1, SoundPlan(streams=(1,), choices=((),))),
    ((1, 1), 2, SoundPlan(streams=(1,), choices=((0,), (0,)))),
    ((1, 2, 3), 1, SoundPlan(streams=(1,), choices=((0,),))),
])
def test_an_operator_says_which_sound_goes_where(sounds: tuple[int, ...], tracks: int, plan: SoundPlan) -> None:
    assert plan_of(replace(FEED, sounds=sounds), tracks) == plan


def test_the_test_card_has_one_sound_and_slides_are_never_heard() -> None:
    card = replace(FEED, kind=FeedKind.TESTCARD, sounds=(2, 0, 1))
    assert plan_of(card, 3) == SoundPlan(streams=(1,), choices=((0,), (), (0,)))
    assert plan_of(replace(FEED, role=Role.SLIDES), 2) == SoundPlan(streams=(1,), choices=((), ()))


def test_a_still_picture_without_a_file_for_its_sound_is_silent_in_every_track() -> None:
    still = replace(FEED, kind=FeedKind.STILL)
    assert plan_of(still, 2) == SoundPlan(streams=(1,), choices=((), ()))
    assert plan_of(replace(still, sound="a.m4a"), 2).choices == ((0,), (1, 0))


def test_what_is_decoded_already_stays_as_it_is_where_it_is_enough() -> None:
    two = replace(FEED, sounds=(2, 1))
    assert plan_of(two, 2, (1, 2)) == SoundPlan(streams=(1, 2), choices=((1, 0), (0, 1)))
    assert plan_of(replace(FEED, sounds=(1, 0)), 2, (1, 2)) == SoundPlan(streams=(1, 2), choices=((0,), ()))
    assert plan_of(replace(FEED, sounds=(3, 1)), 2, (1, 2)).streams == (3, 1)
