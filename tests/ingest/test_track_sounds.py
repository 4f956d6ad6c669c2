"""Each track of the channel gets its sound of a feed, or the next best."""

from itertools import pairwise

import numpy as np

from flow.feed import Feed, FeedKind
from flow.tick import SILENCE, SOUND_BYTES, Picture
from ingest.sound_plan import plan_of
from ingest.track_sounds import GIVEN_UP, TrackSounds

FEED = Feed(address="a.ts", kind=FeedKind.FILE, shown="a.ts")
ORIGINAL, ENGLISH = (np.full(SOUND_BYTES // 2, level, "<i2").tobytes() for level in (3_000, 9_000))
BOTH = (ORIGINAL, ENGLISH), (True, True)
ALONE = (ORIGINAL, SILENCE), (True, False)


def _two(*sounds: int) -> TrackSounds:
    return TrackSounds(plan_of(Feed(address="a.ts", kind=FeedKind.FILE, shown="a.ts", sounds=sounds), 2))


def _levels(sound: Picture) -> list[int]:
    return [int(one) for one in np.frombuffer(sound, "<i2")[::2]]


def test_one_track_is_handed_through_untouched() -> None:
    one = TrackSounds(plan_of(FEED, 1))
    assert one.of((ORIGINAL,), (True,))[0] is ORIGINAL
    assert one.heard == (1,)
    for _ in range(GIVEN_UP):
        assert one.of((SILENCE,), (False,)) == (SILENCE,)
    assert one.heard == (0,)


def test_tracks_change_their_sounds_without_a_click_and_silence_is_a_choice() -> None:
    two = _two()
    two.of(*BOTH)
    two.choose(plan_of(Feed(address="a.ts", kind=FeedKind.FILE, shown="a.ts", sounds=(2, 0)), 2, (1, 2)))
    first, second = two.of(*BOTH)
    for heard, last in ((first, 9_000), (second, 0)):
        levels = _levels(heard)
        assert levels[-1] == last
        assert max(abs(after - before) for before, after in pairwise(levels)) < 30
    assert two.heard == (2, 0)
    assert two.of(*BOTH) == (ENGLISH, SILENCE)
    two.choose(plan_of(FEED, 2, (1, 2)))
    assert _levels(two.of(*BOTH)[1])[0] == 0
    assert two.heard == (1, 2)


def test_each_track_has_the_sound_that_the_operator_said() -> None:
    assert _two().of(*BOTH) == (ORIGINAL, ENGLISH)
    assert _two(2, 1).of((ENGLISH, ORIGINAL), (True, True)) == (ENGLISH, ORIGINAL)
    assert _two(1, 0).of((ORIGINAL,), (True,)) == (ORIGINAL, SILENCE)


def test_a_sound_that_the_feed_is_known_to_lack_is_made_up_for_at_once() -> None:
    tracks = _two()
    tracks.lacks({2})
    assert tracks.of(*ALONE) == (ORIGINAL, ORIGINAL)
    assert tracks.heard == (1, 1)


def test_a_sound_that_vanishes_is_silent_for_a_second_and_then_the_original_without_a_click() -> None:
    """F-13, in one track of several."""
    tracks = _two()
    tracks.of(*BOTH)
    for _ in range(GIVEN_UP - 1):
        assert tracks.of(*ALONE) == (ORIGINAL, SILENCE)
        assert tracks.heard == (1, 2)
    first, second = tracks.of(*ALONE)
    assert first is ORIGINAL
    levels = _levels(second)
    assert (levels[0], levels[-1]) == (0, 3_000)
    assert max(abs(after - before) for before, after in pairwise(levels)) < 20
    assert tracks.of(*ALONE) == (ORIGINAL, ORIGINAL)
    assert tracks.heard == (1, 1)


def test_it_comes_back_to_its_own_sound_in_the_tick_that_has_it() -> None:
    tracks = _two()
    for _ in range(GIVEN_UP + 1):
        tracks.of(*ALONE)
    levels = _levels(tracks.of(*BOTH)[1])
    assert (levels[0], levels[-1]) == (3_000, 9_000)
    assert tracks.of(*BOTH) == (ORIGINAL, ENGLISH)


def test_the_silence_before_its_own_sound_is_back_does_not_end_the_original() -> None:
    tracks = _two()
    for _ in range(GIVEN_UP + 1):
        tracks.of(*ALONE)
    assert tracks.of((ORIGINAL, SILENCE), (True, True)) == (ORIGINAL, ORIGINAL)
    assert tracks.astray == (False, True)


def test_an_interpreter_who_pauses_is_silent() -> None:
    tracks = _two()
    for _ in range(3 * GIVEN_UP):
        assert tracks.of((ORIGINAL, SILENCE), (True, True)) == (ORIGINAL, SILENCE)
    assert tracks.heard == (1, 2)


def test_an_original_that_vanishes_stays_silent_and_leaves_the_interpretation_alone() -> None:
    tracks = _two()
    for _ in range(GIVEN_UP + 5):
        assert tracks.of((SILENCE, ENGLISH), (False, True)) == (SILENCE, ENGLISH)
    assert tracks.heard == (0, 2)


def test_a_feed_without_any_sound_is_silent_in_every_track() -> None:
    tracks = _two()
    tracks.lacks({1, 2})
    assert tracks.of((SILENCE, SILENCE), (False, False)) == (SILENCE, SILENCE)
    assert tracks.heard == (0, 0)
