"""A feed's sounds become the channel's tracks at one level."""

import numpy as np

from flow.feed import Feed, FeedKind
from flow.tick import SILENCE, Picture
from flow.timebase import TICK
from ingest.hearing import Hearing
from ingest.track_sounds import GIVEN_UP

FEED = Feed(address="a.ts", kind=FeedKind.FILE, shown="a.ts")


def _voice(at: int, level: float) -> bytes:
    """A tick of something that rises and falls like speech."""
    place = np.arange(at * TICK, (at + 1) * TICK) / 48_000
    wave = level * np.sin(2 * np.pi * 800 * place) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * place))
    return np.repeat((wave * 32_767).astype("<i2"), 2).tobytes()


def _power(sound: Picture) -> float:
    return float(np.square(np.frombuffer(sound, "<i2").astype(float)).mean())


def test_a_loud_original_and_a_soft_interpretation_end_at_the_same_level() -> None:
    hearing = Hearing(FEED, tracks=2, target=-23.0)
    assert hearing.streams == (1, 2)
    heard = [hearing.tick((_voice(at, 0.3), _voice(at, 0.04)), (True, True)) for at in range(30 * 25)]
    loud, soft = (10 * np.log10(sum(_power(tick[track]) for tick in heard[-100:])) for track in (0, 1))
    assert abs(loud - soft) < 1
    assert hearing.loudness.gain_db < 0


def test_what_a_feed_is_known_to_lack_is_made_up_for_in_its_first_tick() -> None:
    hearing = Hearing(FEED, tracks=2, target=None)
    hearing.has(1)
    sound = _voice(0, 0.1)
    assert hearing.tick((sound, SILENCE), (True, False)) == (sound, sound)
    assert hearing.heard == (1, 1)


def test_what_may_still_come_is_waited_for() -> None:
    hearing = Hearing(FEED, tracks=2, target=None)
    hearing.has(2)
    sound = _voice(0, 0.1)
    tracks = [hearing.tick((sound, SILENCE), (True, False)) for _ in range(GIVEN_UP + 1)]
    assert tracks[0] == (sound, SILENCE)
    assert tracks[-1] == (sound, sound)
