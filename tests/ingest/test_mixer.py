from dataclasses import replace

import numpy as np
import pytest

from flow.canvas import Canvas
from flow.curtain import Curtain
from flow.tick import SILENCE, Tick
from ingest.mixer import Mixer
from ingest.pictures.slates import Slates
from ingest.playout.pairing import Content
from ingest.switching.switching import Show

SMALL = Canvas(width=426, height=240)
CLICK = 1_500


def tone(at: int, hertz: float = 440) -> bytes:
    turns = 2 * np.pi * (np.arange(1_920) + at * 1_920) * hertz / 48_000
    left = (np.cos(turns) * 20_000).astype("<i2")
    return np.stack([left, left], axis=1).tobytes()


def content(at: int, luma: int = 200, hertz: float = 440) -> Content:
    return Content(pictures=(bytes([luma]) * SMALL.picture_bytes,), sounds=(tone(at, hertz),))


def mixer(blend: int = 0) -> Mixer:
    return Mixer(Slates(SMALL, "Họp"), per_tick=1, blend=blend)


def heard(ticks: list[Tick]) -> np.ndarray:
    return np.frombuffer(b"".join(bytes(tick.sounds[0]) for tick in ticks), "<i2")[::2].astype(int)


def luma(tick: Tick) -> int:
    return bytes(tick.pictures[0])[0]


def test_a_live_feed_is_passed_on_untouched() -> None:
    made = mixer()
    made.tick(0, Show.LIVE, 0, (content(0),))
    given = content(1)
    tick = made.tick(1, Show.LIVE, 0, (given,))
    assert tick.pictures[0] is given.pictures[0]
    assert tick.sounds is given.sounds


def test_a_lost_picture_is_held_then_the_slate_comes_and_nothing_clicks() -> None:
    """F-05."""
    made = mixer()
    ticks = [made.tick(at, Show.LIVE, 0, (content(at),)) for at in range(3)]
    ticks += [made.tick(at, Show.HELD, 0, (None,)) for at in (3, 4)]
    ticks += [made.tick(at, Show.SLATE, 0, (None,)) for at in (5, 6)]
    ticks += [made.tick(at, Show.LIVE, 0, (content(at),)) for at in (7, 8)]
    assert [luma(tick) for tick in ticks[:5]] == [200] * 5
    assert luma(ticks[5]) != 200
    assert ticks[4].sounds == (SILENCE,)
    assert np.abs(np.diff(heard(ticks))).max() < CLICK


@pytest.mark.parametrize("leaving", [content(3), None])
def test_a_cut_between_feeds_is_a_cut_at_a_tick_and_does_not_click(leaving: Content | None) -> None:
    made = mixer()
    ticks = [made.tick(at, Show.LIVE, 0, (content(at), content(at, 50, 300))) for at in range(3)]
    ticks += [made.tick(3, Show.LIVE, 1, (leaving, content(3, 50, 300)))]
    ticks += [made.tick(4, Show.LIVE, 1, (None, content(4, 50, 300)))]
    assert [luma(tick) for tick in ticks] == [200, 200, 200, 50, 50]
    assert np.abs(np.diff(heard(ticks))).max() < CLICK
    assert ticks[4].sounds == (tone(4, 300),)


def test_a_cut_to_the_slate_takes_the_picture_at_once_and_fades_the_sound() -> None:
    made = mixer(blend=10)
    ticks = [made.tick(at, Show.LIVE, 0, (content(at),)) for at in range(2)]
    ticks += [made.tick(at, Show.SLATE, None, (content(at),)) for at in (2, 3)]
    assert luma(ticks[2]) != 200
    assert ticks[3].sounds == (SILENCE,)
    assert np.abs(np.diff(heard(ticks))).max() < CLICK


@pytest.mark.parametrize("lost", [False, True])
def test_a_cross_fade_lasts_as_long_as_it_is_set_to(lost: bool) -> None:
    made = mixer(blend=4)
    ticks = [made.tick(at, Show.LIVE, 0, (content(at), content(at, 100, 300))) for at in range(2)]
    ticks += [
        made.tick(at, Show.LIVE, 1, (None if lost else content(at), content(at, 100, 300))) for at in range(2, 8)
    ]
    assert [luma(tick) for tick in ticks] == [200, 200, 180, 160, 140, 120, 100, 100]
    assert np.abs(np.diff(heard(ticks))).max() < CLICK
    assert ticks[6].sounds == (tone(6, 300),)


def test_a_cross_fade_that_is_turned_back_goes_on_from_the_picture_it_had() -> None:
    made = mixer(blend=4)
    both = [(content(at), content(at, 100)) for at in range(6)]
    ticks = [made.tick(0, Show.LIVE, 0, both[0])]
    ticks += [made.tick(at, Show.LIVE, 1, both[at]) for at in (1, 2)]
    ticks += [made.tick(at, Show.LIVE, 0, both[at]) for at in (3, 4, 5)]
    assert luma(ticks[-1]) > luma(ticks[-2]) > 100


@pytest.mark.parametrize("then", ["slate", "third", "back", "lost"])
def test_a_cross_fade_that_is_interrupted_does_not_click(then: str) -> None:
    made = mixer(blend=8)
    feeds = [[content(at, hertz=hertz) for at in range(16)] for hertz in (300, 440, 500)]
    ticks = [made.tick(at, Show.LIVE, 0, tuple(feed[at] for feed in feeds)) for at in range(4)]
    ticks += [made.tick(at, Show.LIVE, 1, tuple(feed[at] for feed in feeds)) for at in range(4, 8)]
    show = {"slate": (Show.SLATE, None), "third": (Show.LIVE, 2), "back": (Show.LIVE, 0), "lost": (Show.HELD, 1)}
    for at in range(8, 14):
        contents = (feeds[0][at], None if then == "lost" else feeds[1][at], feeds[2][at])
        ticks.append(made.tick(at, *show[then], contents))
    assert np.abs(np.diff(heard(ticks))).max() < CLICK


def test_the_first_picture_after_the_slate_is_not_blended() -> None:
    made = mixer(blend=4)
    made.tick(0, Show.SLATE, None, (None,))
    assert luma(made.tick(1, Show.LIVE, 0, (content(1),))) == 200


def test_two_pictures_in_a_tick_are_blended_each() -> None:
    made = Mixer(Slates(SMALL, "Họp"), per_tick=2, blend=1)
    bright, dark = bytes([220]) * SMALL.picture_bytes, bytes([100]) * SMALL.picture_bytes
    contents = tuple(Content(pictures=(one, one), sounds=(SILENCE,)) for one in (bright, dark))
    made.tick(0, Show.LIVE, 0, contents)
    tick = made.tick(1, Show.LIVE, 1, contents)
    assert [one[0] for one in tick.pictures] == [180, 140]
    assert len(made.slate(2).pictures) == 2


def two(at: int, first: float, second: float) -> Content:
    return Content(pictures=(bytes(SMALL.picture_bytes),), sounds=(tone(at, first), tone(at, second)))


@pytest.mark.parametrize("blend", [0, 3])
def test_every_sound_track_changes_with_the_picture_and_none_clicks(blend: int) -> None:
    made = Mixer(Slates(SMALL, "Họp"), per_tick=1, blend=blend, tracks=2)
    one, other = [two(at, 300, 440) for at in range(12)], [two(at, 440, 300) for at in range(12)]
    ticks = [made.tick(at, Show.LIVE, 0, (one[at], other[at])) for at in range(4)]
    ticks += [made.tick(at, Show.LIVE, 1, (one[at], other[at])) for at in range(4, 10)]
    ticks += [made.tick(at, Show.SLATE, None, (None, None)) for at in (10, 11)]
    assert ticks[2].sounds == one[2].sounds
    assert ticks[9].sounds == other[9].sounds
    assert ticks[11].sounds == (SILENCE, SILENCE) == made.slate(12).sounds
    for track in range(2):
        whole = b"".join(bytes(tick.sounds[track]) for tick in ticks)
        assert np.abs(np.diff(np.frombuffer(whole, "<i2")[::2].astype(int))).max() < CLICK


@pytest.mark.parametrize("blend", [0, 3])
def test_the_caption_is_that_of_the_feed_on_air_and_ends_with_it(blend: int) -> None:
    """F-03."""
    made = mixer(blend)
    first, second = (replace(content(0), caption=text) for text in ("một", "hai"))
    both = (first, second)
    ticks = [made.tick(0, Show.LIVE, 0, both), *(made.tick(at, Show.LIVE, 1, both) for at in (1, 2))]
    ticks += [made.tick(3, Show.HELD, 1, (first, None)), made.tick(4, Show.SLATE, None, both)]
    assert [tick.caption for tick in ticks] == ["một", "hai", "hai", "", ""]


def test_the_sound_of_a_slate_comes_and_goes_without_a_click() -> None:
    slates = Slates(SMALL, "Họp")
    made = Mixer(slates, per_tick=1, tracks=2)
    words = Curtain(key="rehearsal:p1", down=True, title="Họp", tone=True)
    ticks = [made.tick(at, Show.LIVE, 0, (replace(content(at), sounds=(tone(at),) * 2),)) for at in range(3)]
    slates.turn(words)
    ticks += [made.tick(at, Show.SLATE, 0, (None,)) for at in range(3, 10)]
    assert ticks[-1].sounds[0] == ticks[-1].sounds[1] != SILENCE
    slates.turn(None)
    ticks += [made.tick(at, Show.SLATE, 0, (None,)) for at in range(10, 12)]
    assert ticks[-1].sounds == (SILENCE,) * 2
    assert np.abs(np.diff(heard(ticks))).max() < CLICK
