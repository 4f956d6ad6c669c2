"""A feed's sounds become the channel's tracks at one level."""

from dataclasses import replace

import numpy as np

from flow.event import EventKind
from flow.feed import Feed, FeedKind
from flow.tick import SILENCE, Picture
from flow.timebase import TICK
from flow.track import VIETNAMESE, Track
from ingest.hearing import Hearing
from ingest.notices import Notice, Notices
from ingest.track_sounds import GIVEN_UP

FEED = Feed(address="a.ts", kind=FeedKind.FILE, shown="a.ts")


TRACKS = (VIETNAMESE, Track(language="en", name="English"))


def _hearing(target: float | None = None, notices: Notices | None = None) -> Hearing:
    return Hearing(FEED, tracks=TRACKS, target=target, notices=notices or Notices())


def _voice(at: int, level: float) -> bytes:
    """A tick of something that rises and falls like speech."""
    place = np.arange(at * TICK, (at + 1) * TICK) / 48_000
    wave = level * np.sin(2 * np.pi * 800 * place) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * place))
    return np.repeat((wave * 32_767).astype("<i2"), 2).tobytes()


def _power(sound: Picture) -> float:
    return float(np.square(np.frombuffer(sound, "<i2").astype(float)).mean())


def test_a_loud_original_and_a_soft_interpretation_end_at_the_same_level() -> None:
    hearing = _hearing(-23.0)
    assert hearing.streams == (1, 2)
    heard = [hearing.tick((_voice(at, 0.3), _voice(at, 0.04)), (True, True), 0) for at in range(30 * 25)]
    loud, soft = (10 * np.log10(sum(_power(tick[track]) for tick in heard[-100:])) for track in (0, 1))
    assert abs(loud - soft) < 1
    assert hearing.loudness.gain_db < 0


def test_what_a_feed_is_known_to_lack_is_made_up_for_in_its_first_tick() -> None:
    hearing = _hearing()
    hearing.has(1)
    sound = _voice(0, 0.1)
    assert hearing.tick((sound, SILENCE), (True, False), 0) == (sound, sound)
    assert hearing.heard == (1, 1)


def test_of_sounds_that_come_apart_those_are_there_that_have_a_pipe() -> None:
    hearing = Hearing(replace(FEED, sounds=(3, 2)), tracks=TRACKS, target=None, notices=Notices())
    assert hearing.streams == (3, 2, 1)
    hearing.has(2, (3, 1))
    sound = _voice(0, 0.1)
    assert hearing.tick((sound, SILENCE, SILENCE), (True, False, False), 0) == (sound, sound)
    assert hearing.heard == (3, 3)


def test_what_may_still_come_is_waited_for() -> None:
    hearing = _hearing()
    hearing.has(2)
    sound = _voice(0, 0.1)
    tracks = [hearing.tick((sound, SILENCE), (True, False), 0) for _ in range(GIVEN_UP + 1)]
    assert tracks[0] == (sound, SILENCE)
    assert tracks[-1] == (sound, sound)


def test_a_track_that_loses_its_sound_is_told_with_its_name_and_when_it_has_it_back() -> None:
    """F-13, in one track of several."""
    notices = Notices()
    hearing = _hearing(notices=notices)
    sound = _voice(0, 0.1)
    for there in [True] * 3 + [False] * (GIVEN_UP - 1):
        hearing.tick((sound, sound if there else SILENCE), (True, there), 0)
    assert notices.take() == ()
    hearing.tick((sound, SILENCE), (True, False), 0)
    assert notices.take() == (Notice(kind=EventKind.TRACK_LOST, said="English"),)
    for there in (False, True, True):
        hearing.tick((sound, sound), (True, there), 0)
    assert notices.take() == (Notice(kind=EventKind.TRACK_BACK, said="English"),)


def test_the_one_track_of_a_channel_is_told_of_as_its_feed() -> None:
    notices = Notices()
    alone = Hearing(FEED, tracks=TRACKS[:1], target=None, notices=notices)
    for _ in range(GIVEN_UP + 1):
        alone.tick((SILENCE,), (False,), 0)
    assert notices.take() == ()


def test_another_choice_among_what_is_decoded_needs_no_other_decoder() -> None:
    hearing = _hearing()
    assert hearing.chosen(replace(FEED, sounds=(2, 1))) is hearing
    one, two = _voice(0, 0.1), _voice(0, 0.2)
    hearing.tick((one, two), (True, True), 0)
    assert hearing.heard == (2, 1)


def test_a_sound_that_is_not_decoded_asks_for_another_decoder_and_what_stays_keeps_its_level() -> None:
    hearing = _hearing(-23.0)
    for at in range(10 * 25):
        hearing.tick((_voice(at, 0.3), _voice(at, 0.04)), (True, True), 0)
    other = hearing.chosen(replace(FEED, sounds=(1, 3)))
    assert (hearing.streams, other.streams) == ((1, 2), (1, 3))
    assert other.loudness == hearing.loudness
    assert other.loudness.gain_db < 0
