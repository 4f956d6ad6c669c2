"""One sound of a feed, read at a place."""

import numpy as np

from flow.tick import SILENCE, Picture
from flow.timebase import TICK
from ingest.levels.voice import Voice
from ingest.playout.resampler import FRACTION, ONE, Resampler
from ingest.playout.sound_reel import SoundReel
from tests.ingest.playing import marked


def _voice(ticks: int) -> tuple[Voice, SoundReel]:
    reel = SoundReel()
    for number in range(ticks):
        reel.add(marked(number))
    return Voice(reel, Resampler()), reel


def _at(samples: int) -> int:
    return samples << FRACTION


def _edges(sound: Picture) -> tuple[bool, bool]:
    """Whether the first and the last sample are silent."""
    samples = np.frombuffer(sound, "<i2").reshape(TICK, 2)
    return not samples[0].any(), not samples[-1].any()


def test_what_follows_is_passed_on_as_it_came() -> None:
    voice, reel = _voice(9)
    voice.hear(_at(0), ONE)
    assert voice.hear(_at(TICK), ONE) is reel.tick(1)
    assert voice.heard


def test_what_begins_and_what_ends_is_faded() -> None:
    voice, _ = _voice(3)
    assert _edges(voice.hear(_at(0), ONE)) == (True, False)
    assert _edges(voice.hear(_at(TICK), ONE)) == (False, False)
    assert _edges(voice.hear(_at(2 * TICK), ONE)) == (False, True)


def test_silence_in_between_makes_the_next_tick_begin_softly() -> None:
    voice, _ = _voice(9)
    voice.hear(_at(0), ONE)
    assert voice.hush() is SILENCE
    assert not voice.heard
    assert _edges(voice.hear(_at(2 * TICK), ONE)) == (True, False)


def test_a_tick_between_two_is_cut_from_both() -> None:
    voice, reel = _voice(9)
    voice.hear(_at(0), ONE)
    heard = np.frombuffer(voice.hear(_at(TICK + 100), ONE), "<i2").reshape(TICK, 2)
    assert (heard == reel.cut(TICK + 100, TICK)).all()


def test_it_reaches_what_is_there_and_a_little_less_when_it_is_resampled() -> None:
    voice, _ = _voice(2)
    assert voice.reaches(_at(TICK), ONE, exact=True)
    assert not voice.reaches(_at(TICK + 1), ONE, exact=True)
    assert not voice.reaches(_at(TICK), ONE, exact=False)
    assert voice.reaches(_at(TICK - 16), ONE, exact=False)


def test_it_does_not_reach_what_has_been_let_go() -> None:
    voice, reel = _voice(9)
    reel.forget(5)
    assert not voice.reaches(_at(4 * TICK), ONE, exact=True)
    assert voice.reaches(_at(5 * TICK), ONE, exact=True)
