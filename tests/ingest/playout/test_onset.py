"""The first seconds of a fresh feed."""

from flow.timebase import TICK
from ingest.playout.onset import LOOK, OVER, RUSH, Onset

TARGET = 5 * TICK


def _shown(onset: Onset, ticks: int, sound: int | None, picture: int | None) -> tuple[Onset, list[int]]:
    """So many ticks on air, in each of which one of both comes with these delays; what was too early."""
    found = []
    for _ in range(ticks):
        if sound is not None:
            onset = onset.heard(sound)
        if picture is not None:
            onset = onset.seen(picture)
        onset, spare = onset.after(TARGET, listening=sound is not None)
        found += [spare] if spare else []
    return onset, found


def test_what_comes_in_the_rush_says_nothing() -> None:
    onset, found = _shown(Onset(), RUSH, 40 * TICK, 40 * TICK)
    assert found == []
    assert _shown(onset, LOOK, TARGET, TARGET)[1] == []


def test_media_that_wait_longer_than_they_should_are_found_within_a_second() -> None:
    assert _shown(Onset(), RUSH + LOOK, 30 * TICK, 25 * TICK)[1] == [20 * TICK]


def test_the_later_of_sound_and_picture_counts() -> None:
    assert _shown(Onset(), RUSH + LOOK, 30 * TICK, TARGET)[1] == []


def test_a_feed_without_sound_is_judged_by_its_pictures() -> None:
    assert _shown(Onset(), RUSH + LOOK, None, 9 * TICK)[1] == [4 * TICK]


def test_of_slow_slides_nothing_is_known() -> None:
    """F-18: their pictures come long after the sound, and must not be left behind by it."""
    assert _shown(Onset(), OVER, 30 * TICK, None)[1] == []


def test_a_feed_is_not_fresh_for_ever() -> None:
    onset, _ = _shown(Onset(), OVER, TARGET, TARGET)
    assert not onset.over
    assert _shown(onset, 1, TARGET, TARGET)[0].over
