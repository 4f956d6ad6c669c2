"""Speaker and slides on one canvas."""

from flow.canvas import Canvas
from flow.layout import Layout
from flow.tick import SILENCE, Tick
from ingest.pictures.planes import Box, Ink, Planes, planes_of
from ingest.stage import Stage

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


def test_nothing_stands_beside_nobody() -> None:
    tick = Tick(index=1, pictures=(whole(GREEN),), sounds=(SILENCE,))
    large, small = whole(BLUE), picture(318, 180, BLUE)
    for layout in (Layout.SIDE, Layout.PIP):
        assert Stage(CANVAS).dress(tick, layout, speaker=(), large=large, small=small) is tick
