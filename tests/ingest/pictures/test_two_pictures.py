"""Speaker and slides of one channel."""

from dataclasses import replace

import pytest

from flow.canvas import Canvas
from flow.event import EventKind
from flow.feed import Feed, FeedKind
from flow.layout import Layout, Role
from flow.rules import Rules
from flow.tick import SILENCE, Tick
from ingest.pictures.planes import Box, Ink, planes_of
from ingest.pictures.sheet import Sheet
from ingest.pictures.two_pictures import TwoPictures
from ingest.playout.pairing import Content
from ingest.switching.happening import Happening
from ingest.switching.slides import KEPT
from ingest.switching.switching import Show, Switching

CANVAS = Canvas(width=426, height=240)
SPEAKER, SLIDE = Ink(81, 128, 128), Ink(200, 128, 128)
MAIN = Feed(address="a", kind=FeedKind.FILE, shown="a")
SECOND = replace(MAIN, role=Role.SLIDES)
STEADY = Rules().health
RULES = replace(Rules(), pause=0)


def content(sheet: Sheet, colour: Ink) -> Content:
    whole = sheet.whole
    buffer = bytearray(whole.picture_bytes)
    planes_of(buffer, whole).fill(Box(0, 0, whole.width, whole.height), colour)
    return Content(pictures=(buffer,), sounds=(SILENCE,))


def plain(index: int) -> Tick:
    return Tick(index=index, pictures=(bytes(CANVAS.picture_bytes),), sounds=(SILENCE,))


class Line:
    """A channel with one speaker and one presentation, tick by tick."""

    def __init__(self, wish: Layout = Layout.AUTO) -> None:
        self.pictures = TwoPictures(CANVAS, (MAIN, SECOND), RULES)
        self.pictures.order(wish)
        self.index = 0

    def ticks(self, count: int, *, slides: bool = True, show: Show = Show.LIVE, cut: bool = False) -> Tick:
        sheets = self.pictures.sheets
        speaker = content(sheets[0], SPEAKER) if show is Show.LIVE else None
        given = (speaker, content(sheets[1], SLIDE) if slides else None)
        state = Switching(feed=None if cut else 0, show=show, cut=cut)
        for _ in range(count):
            self.index += 1
            self.pictures.see(self.index, given, state, ())
            tick = self.pictures.dressed(plain(self.index))
        return tick


def test_a_channel_without_slides_passes_everything_through() -> None:
    pictures = TwoPictures(CANVAS, (MAIN, MAIN), Rules())
    one = content(Sheet(CANVAS), SPEAKER)
    assert pictures.mains_of((one, None)) == (one, None)
    tick = plain(1)
    happened = (Happening(kind=EventKind.SLATE_OFF, feed=0),)
    assert pictures.see(1, (one, None), Switching(), happened) is happened
    assert pictures.dressed(tick) is tick


def test_what_the_main_feeds_show_is_on_the_canvas() -> None:
    line = Line()
    (main,) = line.pictures.mains_of((content(line.pictures.sheets[0], SPEAKER), None))
    assert main is not None
    assert len(main.pictures[0]) == CANVAS.picture_bytes


def test_slides_take_the_canvas_by_themselves_and_leave_it_when_they_stop() -> None:
    line = Line()
    line.ticks(1)
    assert line.pictures.scene.layout is Layout.SPEAKER
    side = line.ticks(STEADY + 1)
    assert line.pictures.scene.layout is Layout.SIDE
    planes = planes_of(side.pictures[0], CANVAS)
    assert (planes.y[120, 10], planes.y[120, 420]) == (SLIDE.y, SPEAKER.y)
    line.ticks(KEPT - 1, slides=False)
    assert line.pictures.scene.layout is Layout.SIDE
    line.ticks(1, slides=False)
    assert line.pictures.scene.layout is Layout.SPEAKER


def test_a_lost_speaker_leaves_the_canvas_to_the_slides() -> None:
    line = Line(Layout.PIP)
    line.ticks(STEADY)
    assert line.pictures.scene.layout is Layout.PIP
    alone = line.ticks(1, show=Show.SLATE)
    assert line.pictures.scene.layout is Layout.SLIDES
    assert (planes_of(alone.pictures[0], CANVAS).y == SLIDE.y).all()


@pytest.mark.parametrize("wish", [Layout.AUTO, Layout.PIP])
def test_a_speaker_who_is_late_keeps_place_and_picture(wish: Layout) -> None:
    """F-04: one late tick, or a second of loss, is no reason to change what viewers see."""
    line = Line(wish)
    before = bytes(line.ticks(STEADY + 5).pictures[0])
    for count in (1, 24):
        assert line.ticks(count, show=Show.HELD).pictures == (before,)
    assert line.pictures.scene.layout is (Layout.PIP if wish is Layout.PIP else Layout.SIDE)
    line.ticks(1, show=Show.SLATE)
    assert line.pictures.scene.layout is Layout.SLIDES


@pytest.mark.parametrize("wish", list(Layout))
def test_a_cut_shows_the_slate_alone_and_its_end_brings_the_layout_back(wish: Layout) -> None:
    line = Line(wish)
    line.ticks(STEADY + 5)
    before = line.pictures.scene.layout
    assert line.ticks(3, show=Show.SLATE, cut=True).pictures == plain(0).pictures
    assert line.pictures.scene.layout is Layout.SPEAKER
    line.ticks(1)
    assert line.pictures.scene.layout is before


def test_an_operator_s_layout_is_shown_with_the_next_tick() -> None:
    line = Line(Layout.SPEAKER)
    line.ticks(STEADY)
    line.pictures.order(Layout.SLIDES)
    line.ticks(1)
    assert line.pictures.scene.layout is Layout.SLIDES
