from dataclasses import replace

import numpy as np
import pytest

from flow.canvas import Canvas
from flow.feed import Feed, FeedKind
from flow.rules import Rules
from flow.tick import SILENCE
from ingest.playout.pairing import Content
from ingest.switching.fitness import Sight
from ingest.switching.measures import THUMB_BYTES
from ingest.switching.watch import EVERY, Watch, watches_of

SMALL = Canvas(width=426, height=240)
RULES = Rules()
VOICE = np.full(3_840, 2_000, "<i2").tobytes()


def content(luma: int, sound: bytes = VOICE, *, moved: int = 0) -> Content:
    picture = bytearray([luma]) * SMALL.picture_bytes
    picture[:moved] = bytes([luma + 60]) * moved
    return Content(pictures=(picture,), sounds=(sound,))


def watch(turn: int = 0) -> Watch:
    return Watch(SMALL, RULES, turn=turn)


def test_nothing_is_seen_of_nothing() -> None:
    assert watch().see(0, None) == Sight(alive=False)
    assert watch().look() is None


def test_the_first_picture_is_measured_at_once_and_then_each_fifth_tick() -> None:
    eye = watch(turn=2)
    assert eye.see(0, content(16)) == Sight(alive=True, black=True)
    assert eye.see(1, content(120)).black
    assert not eye.see(2, content(120)).black
    assert not eye.see(3, content(16)).black
    assert eye.see(2 + EVERY, content(16)).black


def test_a_picture_stands_still_until_it_has_moved_however_slowly() -> None:
    """F-18."""
    eye = watch()
    seen = [eye.see(at * EVERY, content(100)).frozen for at in range(4)]
    assert seen == [False, True, True, True]
    assert not eye.see(5 * EVERY, content(100, moved=20_000)).frozen
    slow = [eye.see((6 + at) * EVERY, content(100 + 6 * at)).frozen for at in range(12)]
    assert slow.count(False) >= 3


def test_that_a_still_picture_stands_or_is_dark_is_no_fault() -> None:
    """F-18: and of any other kind it is one."""
    feeds = [Feed(address=str(kind), kind=kind, shown=str(kind)) for kind in (FeedKind.STILL, FeedKind.FILE)]
    still, film = watches_of(feeds, SMALL, RULES)
    for at in range(0, 10 * EVERY, EVERY):
        dark = still.see(at, content(16, SILENCE))
        assert (dark.black, dark.frozen, dark.silent) == (False, False, False)
    film.see(0, content(16))
    assert film.see(EVERY + 1, content(16)) == Sight(alive=True, black=True, frozen=True)


@pytest.mark.parametrize(("sound", "silent"), [(SILENCE, True), (VOICE, False)])
def test_silence_is_heard(sound: bytes, silent: bool) -> None:
    """F-18."""
    assert watch().see(0, content(100, sound)).silent is silent


def test_a_still_picture_is_silent_for_a_reason_unless_a_file_was_to_sound() -> None:
    music = Feed(address="a.png", kind=FeedKind.STILL, shown="a.png", sound="a.m4a")
    one, other = watches_of([music, replace(music, sound="")], SMALL, RULES)
    assert one.see(0, content(100, SILENCE)).silent
    assert not other.see(0, content(100, SILENCE)).silent


@pytest.mark.parametrize("shift", range(EVERY))
def test_a_beep_is_heard_wherever_it_falls_between_two_measurements(shift: int) -> None:
    """The test card's: 100 ms in each second."""
    eye = watch()
    sounds = [VOICE if (at + shift) % 25 in (0, 1) else SILENCE for at in range(100)]
    seen = [eye.see(at, content(100, sound)).silent for at, sound in enumerate(sounds)]
    assert not any(all(seen[at:at + 25 + EVERY]) for at in range(70))


def test_a_lobby_picture_is_taught_and_known_again() -> None:
    eye = watch()
    assert not eye.see(0, content(100)).lobby
    assert not eye.at_lobby()
    eye.lobby = eye.look()
    assert eye.at_lobby()
    assert eye.lobby is not None
    assert len(eye.lobby) == THUMB_BYTES
    assert eye.see(EVERY, content(102)).lobby
    assert not eye.see(2 * EVERY, content(130)).lobby
    assert not eye.at_lobby()


def test_what_cannot_be_measured_is_shown() -> None:
    """F-05: a measurement costs no picture."""
    assert watch().see(0, Content(pictures=(b"other",), sounds=(SILENCE,))) == Sight(alive=True)


def test_silence_is_measured_before_our_own_gain_and_not_after_it() -> None:
    """F-18: 15 dB make the noise of a hall silence after a loud speaker, and the hiss of a dead line sound."""
    hall, hiss = (np.full(3_840, level, "<i2").tobytes() for level in (130, 10))  # -48 and -70 dBFS
    picture = content(180).pictures
    assert not watch().see(0, Content(pictures=picture, sounds=(hiss,), came=(hall,))).silent
    assert watch().see(0, Content(pictures=picture, sounds=(hall,), came=(hiss,))).silent


def test_whoever_is_heard_in_any_track_is_heard() -> None:
    picture = content(180).pictures
    assert not watch().see(0, Content(pictures=picture, sounds=(SILENCE, VOICE))).silent
    assert watch().see(0, Content(pictures=picture, sounds=(SILENCE, SILENCE))).silent
