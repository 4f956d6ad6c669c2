"""The slate with a programme's words: its title, when it begins, and how long that still is."""

from flow.canvas import Canvas
from flow.curtain import Curtain
from flow.tick import Picture
from ingest.pictures.letters import ClockFace
from ingest.pictures.paragraph import paragraph
from ingest.pictures.planes import BLACK, WHITE, even, planes_of
from ingest.pictures.slate import SOFT, ground, lay
from ingest.wallclock import clock_text, countdown_text

_LONGEST = len("H:MM:SS")
_CLOCK = len("HH:MM:SS")


class CurtainSlate:
    """Drawn once; the countdown, or the clock where there is none, is set from ready digits once a second.

    As with `Slate`, a buffer that was handed out is never changed.
    """

    def __init__(self, canvas: Canvas, curtain: Curtain, backdrop: bytes | None = None) -> None:
        """`backdrop` is a picture of the canvas in place of the drawn background."""
        self._canvas = canvas
        self._until = curtain.counts_to_s
        counts = self._until is not None
        self._letters = _LONGEST if counts else _CLOCK
        self._face = ClockFace.within(self._letters, canvas.width // 2, canvas.height // (6 if counts else 10))
        self._top = even(canvas.height * (0.76 if counts else 0.80))
        self._background = self._drawn(curtain, backdrop)
        self._second = -1
        self._picture: Picture = self._background

    def picture(self, millis: int) -> Picture:
        """The slate as it looks at a wall time in ms since the epoch."""
        second = millis // 1_000
        if second != self._second:
            buffer = bytearray(self._background)
            text = self._text(second)
            self._face.set(planes_of(buffer, self._canvas).y, text, self._left(len(text)), self._top)
            self._second, self._picture = second, buffer
        return self._picture

    def _text(self, second: int) -> str:
        if self._until is None:
            return clock_text(second * 1_000)[:_CLOCK]
        return countdown_text(self._until - second)[-self._letters:]

    def _left(self, letters: int) -> int:
        return even((self._canvas.width - self._face.width(letters)) / 2)

    def _drawn(self, curtain: Curtain, backdrop: bytes | None) -> bytes:
        height, room = self._canvas.height, self._canvas.width * 9 // 10
        buffer = ground(self._canvas, backdrop)
        planes = planes_of(buffer, self._canvas)
        for text, size, top, bottom, colour in (
            (curtain.title, height // 8, 0.06, 0.40, WHITE), (curtain.vi, height // 15, 0.45, 0.61, WHITE),
            (curtain.en, height // 20, 0.61, 0.73, SOFT),
        ):
            place, high = int(height * top), int(height * (bottom - top))
            lines = paragraph(text, size=size, width=room, height=high)
            taken = sum(line.shape[0] for line in lines)
            if top < bottom < 0.42:  # the title stands on the line below it
                place += high - taken
            for line in lines:
                lay(planes, line, place, colour, shaded=backdrop is not None)
                place += line.shape[0]
        planes.fill(self._face.box(self._letters, self._left(self._letters), self._top), BLACK)
        return bytes(buffer)
