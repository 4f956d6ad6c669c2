"""The slate: what is shown when no feed is fit to show."""

import numpy as np

from flow.canvas import Canvas
from flow.tick import Picture
from ingest.pictures.letters import ClockFace, fitting, write_centred
from ingest.pictures.planes import BLACK, WHITE, Box, Ink, Plane, Planes, even, ink, planes_of
from ingest.wallclock import clock_text

MESSAGE_VI = "Chương trình sẽ tiếp tục trong giây lát"
MESSAGE_EN = "The programme will continue in a moment"

_BACKGROUND = ink(10, 38, 71)
_LINE = ink(255, 205, 0)
SOFT = ink(190, 205, 225)
_SHADE = 0.22
"""What is left of a picture's light behind words: white letters stand out of a white picture too."""
_CLOCK_LETTERS = len("HH:MM:SS")


class Slate:
    """A channel's slate: drawn once, its clock set from ready digits once a second.

    `picture` hands out the same buffer for a whole second and never changes it afterwards, so that whoever
    holds one may keep it.
    """

    def __init__(self, canvas: Canvas, title: str, backdrop: bytes | None = None) -> None:
        """`backdrop` is a picture of the canvas in place of the drawn background."""
        self._canvas = canvas
        self._face = ClockFace.within(_CLOCK_LETTERS, canvas.width // 3, canvas.height // 10)
        self._left = even((canvas.width - self._face.width(_CLOCK_LETTERS)) / 2)
        self._top = even(canvas.height * 0.80)
        self._background = self._drawn(title, backdrop)
        self._second = -1
        self._picture: Picture = self._background

    def picture(self, millis: int) -> Picture:
        """The slate as it looks at a wall time in ms since the epoch."""
        second = millis // 1_000
        if second != self._second:
            buffer = bytearray(self._background)
            text = clock_text(second * 1_000)[:_CLOCK_LETTERS]
            self._face.set(planes_of(buffer, self._canvas).y, text, self._left, self._top)
            self._second, self._picture = second, buffer
        return self._picture

    def _drawn(self, title: str, backdrop: bytes | None) -> bytes:
        height, room = self._canvas.height, self._canvas.width * 9 // 10
        buffer = ground(self._canvas, backdrop)
        planes = planes_of(buffer, self._canvas)
        for text, size, top, colour in (
            (title, height // 8, 22, WHITE), (MESSAGE_VI, height // 14, 48, WHITE),
            (MESSAGE_EN, height // 20, 60, SOFT),
        ):
            shaded = backdrop is not None and bool(text)
            lay(planes, fitting(text, size, room), height * top // 100, colour, shaded=shaded)
        planes.fill(self._face.box(_CLOCK_LETTERS, self._left, self._top), BLACK)
        return bytes(buffer)


def ground(canvas: Canvas, backdrop: bytes | None) -> bytearray:
    """What words stand on: `backdrop`, a picture of the canvas, or the drawn one."""
    buffer = bytearray(backdrop or canvas.picture_bytes)
    if backdrop is None:
        planes, width, height = planes_of(buffer, canvas), canvas.width, canvas.height
        planes.fill(Box(0, 0, width, height), _BACKGROUND)
        line = Box(even(width * 0.4), even(height * 0.42), even(width * 0.6), even(height * 0.42) + 4)
        planes.fill(line, _LINE)
    return buffer


def lay(planes: Planes, drawn: Plane, top: int, colour: Ink, *, shaded: bool) -> None:
    """Write words in the middle of the picture's width, on a `shaded` spot where a picture is behind them."""
    if shaded:
        _shade(planes, drawn, top)
    write_centred(planes, drawn, top, colour)


def _shade(planes: Planes, drawn: Plane, top: int) -> None:
    """Darken where words will stand, and a little around."""
    height, width = planes.y.shape
    rows, columns = drawn.shape
    around = even(height / 40)
    left, right = even((width - columns) / 2 - around), even((width + columns) / 2 + around)
    top, bottom = even(max(0, top)), even(min(height, top + rows + around / 2))
    spot = planes.y[top:bottom, max(0, left):right]
    spot[:] = (16 + (spot.astype(np.float32) - 16) * _SHADE).round().clip(0, 255)
    for plane in (planes.u, planes.v):
        half = plane[top // 2:bottom // 2, max(0, left) // 2:right // 2]
        half[:] = (128 + (half.astype(np.float32) - 128) * _SHADE).round()
