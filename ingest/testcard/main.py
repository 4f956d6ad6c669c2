"""The test card as a child process: raw pictures into one pipe, raw sound into another, at the clock's pace.

It looks to its parent just as an FFmpeg decoder does.
"""

import argparse
import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from flow.canvas import Canvas
from flow.clock import Clock
from ingest.pacer import TICK_NS, Pacer
from ingest.pictures.planes import Plane, Planes, planes_of
from ingest.pictures.sheet import Sheet
from ingest.stage import paste
from ingest.system_clock import SystemClock
from ingest.testcard.testcard import TestCard
from ingest.testcard.tone import Tone

_NS_PER_MS = 1_000_000
_MOST_LATE = 25


class Cards:
    """The card, or a sheet with the card in two sizes."""

    def __init__(self, sheet: Sheet, title: str) -> None:
        self.per_tick = sheet.canvas.pictures_per_tick
        self._sheet = sheet
        self._card = TestCard(sheet.canvas, title)

    def picture(self, millis: int) -> bytearray:
        """What crosses the pipe for a wall time in ms since the epoch."""
        if self._sheet.small is None:
            return self._card.picture(millis)
        buffer = bytearray(self._sheet.whole.picture_bytes)
        planes = planes_of(buffer, self._sheet.whole)
        card = planes_of(self._card.picture(millis), self._sheet.canvas)
        paste(planes, card, 0, 0)
        small = Planes(*(_thinned(plane, self._sheet.small.height / self._sheet.canvas.height)
                         for plane in (card.y, card.u, card.v)))
        paste(planes, small, 0, self._sheet.canvas.height)
        return buffer


def _thinned(plane: Plane, part: float) -> Plane:
    """Every so many rows and columns: a card that is small has no small letters to keep."""
    rows, columns = (np.arange(int(side * part)) / part for side in plane.shape)
    thinned: Plane = plane[np.ix_(rows.astype(int), columns.astype(int))]
    return thinned


def tick_of(cards: Cards, tone: Tone, index: int, out: Callable[[bytes | bytearray], None]) -> bytes:
    """Hand a tick's pictures to `out`, and return its sound."""
    for place in range(cards.per_tick):
        out(cards.picture((index * TICK_NS + TICK_NS * place // cards.per_tick) // _NS_PER_MS))
    return tone.sound(index)


def run(cards: Cards, clock: Clock, picture_fd: int, sound_fd: int, wait: Callable[[float], object]) -> None:
    """Write ticks at their time until the reader goes away."""
    tone = Tone()
    pacer = Pacer.starting(wall_ns=clock.wall_ns(), monotonic_ns=clock.monotonic_ns())
    try:
        while True:
            wait(pacer.wait_ns(clock.monotonic_ns()) / 1e9)
            # After a stall of more than a second old pictures would only be thrown away: show the present one.
            late = pacer.due(clock.monotonic_ns())
            if late > _MOST_LATE:
                pacer = pacer.emitted(late - 1)
            for _ in range(1 if late > _MOST_LATE else late):
                sound = tick_of(cards, tone, pacer.next, partial(write_all, picture_fd))
                write_all(sound_fd, sound)
                pacer = pacer.emitted()
    except BrokenPipeError:
        return


def write_all(fd: int, data: bytes | bytearray) -> None:
    """Write every byte; raises BrokenPipeError when the reader has gone."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view):]


def main(argv: Sequence[str]) -> int:
    """Entry point of the child."""
    parser = argparse.ArgumentParser(prog="ingest.testcard.main")
    for name in ("--width", "--height", "--fps", "--picture-fd", "--sound-fd"):
        parser.add_argument(name, type=int, required=True)
    for name in ("--small-width", "--small-height"):
        parser.add_argument(name, type=int, default=0)
    parser.add_argument("--title", required=True)
    given = parser.parse_args(argv)
    wide, high = given.small_width, given.small_height
    small = Canvas(width=wide, height=high, fps=given.fps) if wide else None
    sheet = Sheet(Canvas(width=given.width, height=given.height, fps=given.fps), small)
    run(Cards(sheet, given.title), SystemClock(), given.picture_fd, given.sound_fd, threading.Event().wait)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
