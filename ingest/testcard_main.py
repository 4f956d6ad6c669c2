"""The test card as a child process: raw pictures into one pipe, raw sound into another, at the clock's pace.

It looks to its parent just as an FFmpeg decoder does.
"""

import argparse
import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial

from flow.canvas import Canvas
from flow.clock import Clock
from ingest.pacer import TICK_NS, Pacer
from ingest.system_clock import SystemClock
from ingest.testcard import TestCard
from ingest.tone import Tone

_NS_PER_MS = 1_000_000
_MOST_LATE = 25


def tick_of(card: TestCard, tone: Tone, index: int, out: Callable[[bytes | bytearray], None]) -> bytes:
    """Hand a tick's pictures to `out`, and return its sound."""
    per_tick = card.canvas.pictures_per_tick
    for place in range(per_tick):
        out(card.picture((index * TICK_NS + TICK_NS * place // per_tick) // _NS_PER_MS))
    return tone.sound(index)


def run(card: TestCard, clock: Clock, picture_fd: int, sound_fd: int, wait: Callable[[float], object]) -> None:
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
                sound = tick_of(card, tone, pacer.next, partial(write_all, picture_fd))
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
    parser = argparse.ArgumentParser(prog="ingest.testcard_main")
    for name in ("--width", "--height", "--fps", "--picture-fd", "--sound-fd"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--title", required=True)
    given = parser.parse_args(argv)
    card = TestCard(Canvas(width=given.width, height=given.height, fps=given.fps), given.title)
    run(card, SystemClock(), given.picture_fd, given.sound_fd, threading.Event().wait)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
