"""Puts speaker and slides on one canvas: only copies."""

from collections.abc import Sequence
from dataclasses import replace

from flow.canvas import Canvas
from flow.layout import Layout
from flow.tick import Picture, Tick
from ingest.pictures.planes import BLACK, Box, Planes, even, planes_of

_MARGIN = 0.025


class Stage:
    """The canvas of one channel with two pictures."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        black = bytearray(canvas.picture_bytes)
        planes_of(black, canvas).fill(Box(0, 0, canvas.width, canvas.height), BLACK)
        self._black = bytes(black)

    def dress(
        self, tick: Tick, layout: Layout, *, speaker: Sequence[Planes], large: Picture, small: Planes,
    ) -> Tick:
        """The tick with its pictures in `layout`.

        `speaker` is small, one for each picture, and nothing is beside nobody; the slide is given large and small.
        """
        match layout:
            case Layout.SLIDES:
                return replace(tick, pictures=(large,) * len(tick.pictures))
            case Layout.SIDE if speaker:
                return replace(tick, pictures=tuple(self._side(one, small) for one in speaker))
            case Layout.PIP if speaker:
                return replace(tick, pictures=tuple(self._pip(one, large) for one in speaker))
            case _:
                return tick

    def _side(self, speaker: Planes, slide: Planes) -> bytearray:
        """The slide at the left, the speaker at its right, both in the middle of the height."""
        buffer = bytearray(self._black)
        planes = planes_of(buffer, self._canvas)
        for picture, left in ((slide, 0), (speaker, self._canvas.width - speaker.y.shape[1])):
            paste(planes, picture, left, even((self._canvas.height - picture.y.shape[0]) / 2))
        return buffer

    def _pip(self, speaker: Planes, slide: Picture) -> bytearray:
        """The speaker in the lower right corner of the slide."""
        buffer = bytearray(slide)
        high, wide = speaker.y.shape
        left = even(self._canvas.width * (1 - _MARGIN)) - wide
        paste(planes_of(buffer, self._canvas), speaker, left, even(self._canvas.height * (1 - _MARGIN)) - high)
        return buffer


def paste(onto: Planes, picture: Planes, left: int, top: int) -> None:
    """Copy a smaller picture to an even place."""
    high, wide = picture.y.shape
    onto.y[top:top + high, left:left + wide] = picture.y
    for to, of in ((onto.u, picture.u), (onto.v, picture.v)):
        to[top // 2:top // 2 + high // 2, left // 2:left // 2 + wide // 2] = of
