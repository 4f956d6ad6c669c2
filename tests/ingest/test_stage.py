"""Speaker and slides on one canvas."""

import pytest

from flow.canvas import Canvas
from flow.layout import Layout
from flow.tick import SILENCE, Tick
from ingest.pictures.planes import Box, Ink, Planes, planes_of
from ingest.stage import KEPT, STEADY, Slides, Stage, layout_now
from ingest.switching.switching import Show

CANVAS = Canvas(width=426, height=240)
RED, BLUE, GREEN = Ink(81, 90, 240), Ink(41, 240, 110), Ink(145, 54, 34)


def picture(width: int, height: int, colour: Ink) -> Planes:
    canvas = Canvas(width=width, height=height)
    planes = planes_of(bytearray(canvas.picture_bytes), canvas)
    planes.fill(Box(0, 0, width, height), colour)
    return planes


def whole(colour: Ink) -> bytes:
    planes = picture(CANVAS.width, CANVAS.height, colour)
    return b"".join(plane.tobytes() for plane in (planes.y, planes.u, planes.v))


def dressed(layout: Layout) -> Planes:
    tick = Tick(index=1, pictures=(whole(GREEN),), sounds=(SILENCE,))
    shown = Stage(CANVAS).dress(
        tick, layout, speaker=(picture(106, 60, RED),), large=whole(BLUE), small=picture(318, 180, BLUE),
    )
    assert (shown.index, shown.sounds, len(shown.pictures)) == (1, (SILENCE,), 1)
    return planes_of(shown.pictures[0], CANVAS)


def test_side_has_the_slide_large_and_the_speaker_small_beside_it() -> None:
    planes = dressed(Layout.SIDE)
    assert planes.y[120, 10] == BLUE.y
    assert planes.y[120, 310] == BLUE.y
    assert planes.y[120, 420] == RED.y
    assert (planes.u[60, 5], planes.u[60, 210]) == (BLUE.u, RED.u)
    assert planes.y[10, 10] == 16


def test_pip_has_the_speaker_in_a_corner_of_the_slide() -> None:
    planes = dressed(Layout.PIP)
    assert planes.y[10, 10] == BLUE.y
    assert planes.y[220, 400] == RED.y
    assert planes.y[239, 425] == BLUE.y


def test_each_alone_has_the_canvas() -> None:
    assert (dressed(Layout.SLIDES).y == BLUE.y).all()
    assert (dressed(Layout.SPEAKER).y == GREEN.y).all()


def seen(*ticks: str) -> Slides:
    """After ticks in which a slide came (s), nothing came (.), or a lobby picture came (l)."""
    state = Slides()
    for tick in "".join(ticks):
        state = state.after(came=tick != ".", lobby=tick == "l")
    return state


def test_slides_come_by_themselves_after_a_steady_second_and_stay_between_slow_pictures() -> None:
    assert layout_now(Layout.AUTO, seen("s"), Show.LIVE, cut=False) is Layout.SPEAKER
    slow = seen("s" + "." * (KEPT - 1) + "s")
    assert slow.steady > STEADY
    assert layout_now(Layout.AUTO, slow, Show.LIVE, cut=False) is Layout.SIDE


def test_slides_that_stop_or_show_a_lobby_leave_the_speaker() -> None:
    assert layout_now(Layout.AUTO, seen("s" * STEADY, "." * KEPT), Show.LIVE, cut=False) is Layout.SPEAKER
    assert layout_now(Layout.PIP, seen("s" * STEADY, "l"), Show.LIVE, cut=False) is Layout.SPEAKER


@pytest.mark.parametrize("wish", [Layout.AUTO, Layout.SIDE, Layout.PIP, Layout.SLIDES])
def test_while_the_speaker_is_lost_the_slides_have_the_canvas(wish: Layout) -> None:
    assert layout_now(wish, seen("s" * STEADY), Show.SLATE, cut=False) is Layout.SLIDES


def test_an_operator_s_speaker_stays_the_speaker() -> None:
    assert layout_now(Layout.SPEAKER, seen("s" * 100), Show.SLATE, cut=False) is Layout.SPEAKER


@pytest.mark.parametrize("wish", [Layout.SIDE, Layout.PIP, Layout.SLIDES])
def test_a_speaker_whose_last_picture_is_held_keeps_the_layout(wish: Layout) -> None:
    assert layout_now(wish, seen("s" * STEADY), Show.HELD, cut=False) is wish


@pytest.mark.parametrize("wish", list(Layout))
def test_after_a_cut_nothing_is_seen_of_the_slides(wish: Layout) -> None:
    assert layout_now(wish, seen("s" * STEADY), Show.SLATE, cut=True) is Layout.SPEAKER
