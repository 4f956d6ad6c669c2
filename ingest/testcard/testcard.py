"""The test card: a moving picture from which latency and lip-sync can be seen, and read by a machine."""

from flow.canvas import Canvas
from ingest.pictures.letters import ClockFace, fitting, write, write_centred
from ingest.pictures.planes import BLACK, GREY, WHITE, Box, box_of, even, ink, planes_of
from ingest.testcard import timestrip
from ingest.testcard.tone import beeping
from ingest.wallclock import clock_text

_BARS = tuple(ink(*rgb) for rgb in (
    (191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0),
    (191, 0, 191), (191, 0, 0), (0, 0, 191), (30, 30, 30),
))
_BACKGROUND = ink(24, 32, 48)
_RUNNER = ink(255, 140, 0)
_TRACK = ink(44, 56, 80)
_LAP_MS = 4_000
_CLOCK_LETTERS = len("HH:MM:SS.mmm")
_ZONE = "Giờ Việt Nam (UTC+7)"


class TestCard:
    """Draws the card of one channel; the still parts once, the moving parts for each picture.

    From top to bottom: the channel's name and, at its right, a patch that is white while the beep sounds;
    colour bars; the clock; a block that runs to and fro and a bar that fills once a second; the time strip.
    """

    __test__ = False  # a test runner would take the name for a collection of tests

    def __init__(self, canvas: Canvas, title: str) -> None:
        self.canvas = canvas
        self._buffer = bytearray(canvas.picture_bytes)
        self._planes = planes_of(self._buffer, canvas)
        self._flash = box_of(canvas, 0.88, 0.02, 0.98, 0.14)
        self._track = box_of(canvas, 0.03, 0.70, 0.97, 0.80)
        self._second = box_of(canvas, 0.03, 0.815, 0.97, 0.84)
        clock = box_of(canvas, 0.03, 0.44, 0.97, 0.62)
        self._face = ClockFace.within(_CLOCK_LETTERS, clock.right - clock.left, clock.bottom - clock.top)
        self._left = even((canvas.width - self._face.width(_CLOCK_LETTERS)) / 2)
        self._top = clock.top
        self._draw_still(title)

    def picture(self, millis: int) -> bytearray:
        """The card at a wall time in ms since the epoch.

        The same buffer each time: write it out before the next call.
        """
        planes = self._planes
        self._face.set(planes.y, clock_text(millis), self._left, self._top)
        planes.fill(self._flash, WHITE if beeping(millis) else GREY)
        planes.fill(self._track, _TRACK)
        planes.fill(self._runner(millis), _RUNNER)
        planes.fill(self._second, _TRACK)
        done = even((self._second.right - self._second.left) * (millis % 1_000) / 1_000)
        planes.fill(self._second._replace(right=self._second.left + done), WHITE)
        timestrip.draw(planes.y, millis)
        return self._buffer

    def _runner(self, millis: int) -> Box:
        """The block that runs along its track, there and back in four seconds."""
        track = self._track
        side = track.bottom - track.top
        lap = millis % _LAP_MS * 2 / _LAP_MS
        left = even(track.left + (track.right - track.left - side) * (lap if lap <= 1 else 2 - lap))
        return Box(left, track.top, left + even(side), track.bottom)

    def _draw_still(self, title: str) -> None:
        canvas, planes = self.canvas, self._planes
        planes.fill(Box(0, 0, canvas.width, canvas.height), _BACKGROUND)
        name = fitting(title, canvas.height // 10, even(canvas.width * 0.8))
        write(planes, name, even(canvas.width * 0.03), even(canvas.height * 0.02), WHITE)
        for place, colour in enumerate(_BARS):
            left, right = 0.03 + 0.94 * place / len(_BARS), 0.03 + 0.94 * (place + 1) / len(_BARS)
            planes.fill(box_of(canvas, left, 0.18, right, 0.40), colour)
        planes.fill(self._face.box(_CLOCK_LETTERS, self._left, self._top), BLACK)
        zone = fitting(_ZONE, canvas.height // 24, canvas.width)
        write_centred(planes, zone, even(canvas.height * 0.635), WHITE)
        # The strip's blocks are set in luma alone, so its chroma is made neutral here, with a margin.
        planes.fill(box_of(canvas, timestrip.LEFT - 0.01, timestrip.TOP - 0.01,
                           timestrip.RIGHT + 0.01, timestrip.BOTTOM + 0.01), BLACK)
