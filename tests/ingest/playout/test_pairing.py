"""Pictures and sound, joined by count."""

import pytest

from flow.errors import FeedError
from flow.tick import SILENCE, SOUND_BYTES
from ingest.playout.pairing import AHEAD, FIRST_PICTURE, NEW, PATIENCE, WAIT, Pairing

SOUND = b"\x01" * SOUND_BYTES


def _with(pictures: int, sound: int, per_tick: int = 1) -> Pairing:
    pairing = Pairing(per_tick)
    for _ in range(sound):
        pairing.add_sound(SOUND)
    for _ in range(pictures):
        pairing.add_picture(b"")
    return pairing


@pytest.mark.parametrize(("pictures", "sound", "per_tick", "complete"), [
    (5, 3, 1, 3), (3, 5, 1, 3), (7, 5, 2, 3), (0, 9, 1, 0), (9, 0, 1, 0),
])
def test_a_tick_is_complete_with_its_pictures_and_its_sound(
    pictures: int, sound: int, per_tick: int, complete: int,
) -> None:
    assert _with(pictures, sound, per_tick).complete == complete


def test_a_feed_known_to_have_no_sound_waits_for_none() -> None:
    pairing = _with(4, 0)
    pairing.without_sound()
    assert pairing.complete == 4
    pairing.due(0)
    assert not pairing.listening


def test_after_twelve_ticks_of_pictures_alone_sound_is_given_up() -> None:
    """F-13: the sound vanishes, the picture goes on."""
    pairing = _with(PATIENCE, 0)
    pairing.due(0)
    assert pairing.listening
    pairing.add_picture(b"")
    pairing.due(0)
    assert (pairing.listening, pairing.complete) == (False, PATIENCE + 1)


def test_sound_in_stock_is_used_although_no_more_comes() -> None:
    pairing = _with(0, 20)
    for _ in range(PATIENCE + 5):
        pairing.add_picture(b"")
    pairing.due(3)
    assert pairing.listening


def test_sound_that_runs_out_is_given_up_at_once_but_not_of_a_new_feed() -> None:
    """F-13."""
    assert not _with(20, 3).lacks_sound(NEW)
    fresh = _with(20, 3)
    assert [fresh.lacks_sound(0) for _ in range(WAIT + 1)] == [True] * WAIT + [False]


def test_sound_that_is_back_is_used_again() -> None:
    pairing = _with(20, 3)
    pairing.lacks_sound(NEW)
    pairing.due(3)
    for _ in range(2):
        pairing.add_sound(SOUND)
    pairing.due(4)
    assert not pairing.listening
    pairing.add_sound(SOUND)
    pairing.due(4)
    assert pairing.listening


def test_sound_that_is_back_in_a_moment_was_late_and_not_lost() -> None:
    for ticks, late in ((5, True), (100, False)):
        pairing = _with(20, 3)
        pairing.lacks_sound(NEW)
        pairing.due(8)
        for _ in range(ticks):
            pairing.due(8)
            pairing.add_sound(SOUND)
        assert pairing.has_sound() is late
        assert not pairing.has_sound()


def test_sound_that_was_not_sent_for_a_moment_was_not_late() -> None:
    """F-13: the end of the sound before the hole comes with the silence that is laid into it: no picture waits."""
    pairing = _with(20, 3)
    pairing.lacks_sound(NEW)
    pairing.due(12)
    for sound in (SOUND, SOUND, *[SILENCE] * 6, SOUND, SOUND):
        pairing.add_sound(sound)
    assert not pairing.has_sound()


def _steadily(behind: int, count: int = 60) -> Pairing:
    """Sound was given up, and comes again so many ticks too late, one a tick."""
    pairing = _with(20, 3)
    pairing.lacks_sound(NEW)
    for number in range(count):
        pairing.add_picture(b"")
        pairing.due(3 + behind + number)
        pairing.add_sound(SOUND)
    return pairing


def test_sound_that_is_late_but_steady_is_waited_for_once() -> None:
    pairing = _steadily(behind=10)
    assert pairing.overdue
    pairing.stop(for_sound=True)
    assert pairing.listening
    assert not pairing.overdue


def test_nobody_waits_for_sound_that_is_two_seconds_late_or_comes_all_at_once() -> None:
    assert not _steadily(behind=45).overdue
    burst = _with(20, 3)
    burst.lacks_sound(NEW)
    burst.due(500)
    for _ in range(490):
        burst.add_sound(SOUND)
    assert not burst.overdue


def test_pictures_that_are_late_but_steady_are_waited_for_and_a_slides_are_not() -> None:
    steady, slides = _with(0, 300), _with(0, 300)
    for number in range(100):
        for pairing in (steady, slides):
            pairing.due(10 + number)
        steady.add_picture(b"")
        if number % 25 == 24:
            for _ in range(35 if number == 24 else 25):
                slides.add_picture(b"")
    assert steady.overdue
    assert not slides.overdue


def test_sound_far_ahead_of_a_picture_that_has_begun_is_torn() -> None:
    pairing = _with(1, 1)
    for _ in range(AHEAD):
        pairing.add_sound(SOUND)
    assert not pairing.torn
    pairing.add_sound(SOUND)
    assert pairing.torn


def test_a_key_picture_may_be_a_minute_away_while_the_sound_is_there() -> None:
    """F-16."""
    pairing = _with(0, FIRST_PICTURE)
    assert not pairing.torn
    for _ in range(FIRST_PICTURE):
        pairing.add_picture(b"")
    assert (pairing.torn, pairing.complete) == (False, FIRST_PICTURE)


def test_sound_without_pictures_does_not_pile_up() -> None:
    pairing = _with(0, 2 * FIRST_PICTURE)
    assert pairing.torn
    assert len(pairing.sound) == FIRST_PICTURE


def _two(first: int, second: int, pictures: int = 0) -> Pairing:
    pairing = Pairing(1, sounds=2)
    for _ in range(pictures):
        pairing.add_picture(b"")
    for at, count in enumerate((first, second)):
        for _ in range(count):
            pairing.add_sound(SOUND, at)
    return pairing


def test_the_first_sound_leads_while_it_is_there_or_waited_for() -> None:
    for first in (0, 3, 9):
        pairing = _two(first, 9, pictures=4)
        pairing.due(0)
        assert (pairing.lead, pairing.listening) == (0, True)


def test_when_the_first_is_given_up_the_next_one_leads_until_it_is_back() -> None:
    pairing = _two(0, 0, pictures=PATIENCE + 1)
    for _ in range(20):
        pairing.add_sound(SOUND, 1)
    pairing.due(0)
    assert (pairing.lead, pairing.listening, pairing.complete) == (1, True, PATIENCE + 1)
    for _ in range(3):
        pairing.add_sound(SOUND, 0)
    pairing.due(0)
    assert (pairing.lead, pairing.listening, pairing.complete) == (0, True, 3)


def test_a_second_sound_whose_times_leap_is_given_up_and_costs_the_feed_nothing() -> None:
    """T-09: what fills the hole, up to days of silence, is not taken."""
    pairing = _two(20, FIRST_PICTURE + 20, pictures=19)
    with pytest.raises(FeedError, match="beside the first"):
        pairing.add_sound(SOUND, 1)
    pairing.due(5)
    assert (pairing.lead, pairing.listening, pairing.torn) == (0, True, False)
    assert len(pairing.sounds[1]) == 0
    assert not any(pairing.sounds[1].has(number) for number in (5, FIRST_PICTURE + 19))


def test_a_sound_that_leapt_never_leads() -> None:
    pairing = _two(0, 20, pictures=PATIENCE + 1)
    pairing.due(0)
    assert pairing.lead == 1
    for _ in range(FIRST_PICTURE + 5):
        pairing.add_sound(SOUND, 0)
    pairing.due(1)
    assert pairing.lead == 1
