"""The slate: what is shown when no feed is fit to show."""

from flow.canvas import Canvas
from flow.tick import Picture
from ingest.letters import ClockFace, fitting, write_centred
from ingest.planes import BLACK, WHITE, Box, even, ink, planes_of
from ingest.wallclock import clock_text

MESSAGE_VI = "Chương trình sẽ tiếp tục trong giây lát"
MESSAGE_EN = "The programme will continue in a moment"

_BACKGROUND = ink(10, 38, 71)
_LINE = ink(255, 205, 0)
_SOFT = ink(190, 205, 225)
_CLOCK_LETTERS = len("HH:MM:SS")


class Slate:
    """A channel's slate: drawn once, its clock set from ready digits once a second.

    `picture` hands out the same buffer for a whole second and never changes it afterwards, so that whoever
    holds one may keep it.
    """

    def __init__(self, canvas: Canvas, title: str) -> None:
        self._canvas = canvas
        self._face = ClockFace.within(_CLOCK_LETTERS, canvas.width // 3, canvas.height // 10)
        self._left = even((canvas.width - self._face.width(_CLOCK_LETTERS)) / 2)
        self._top = even(canvas.height * 0.80)
        self._background = self._drawn(title)
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

    def _drawn(self, title: str) -> bytes:
        width, height = self._canvas.width, self._canvas.height
        buffer = bytearray(self._canvas.picture_bytes)
        planes = planes_of(buffer, self._canvas)
        planes.fill(Box(0, 0, width, height), _BACKGROUND)
        room = width * 9 // 10
        write_centred(planes, fitting(title, height // 8, room), height * 22 // 100, WHITE)
        planes.fill(Box(even(width * 0.4), even(height * 0.42), even(width * 0.6), even(height * 0.42) + 4), _LINE)
        write_centred(planes, fitting(MESSAGE_VI, height // 14, room), height * 48 // 100, WHITE)
        write_centred(planes, fitting(MESSAGE_EN, height // 20, room), height * 60 // 100, _SOFT)
        planes.fill(self._face.box(_CLOCK_LETTERS, self._left, self._top), BLACK)
        return bytes(buffer)
