"""The test card as a child process."""

import os
import subprocess
import sys
import threading
import time
from itertools import pairwise

import numpy as np
import pytest

from flow.canvas import Canvas
from flow.layout import Role
from flow.tick import SOUND_BYTES
from ingest.pacer import TICK_NS
from ingest.pictures.planes import planes_of
from ingest.pictures.sheet import Sheet
from ingest.testcard import timestrip
from ingest.testcard.main import Cards, run, tick_of, write_all
from ingest.testcard.tone import Tone
from tests.recorded.clock import SteppedClock

CANVAS = Canvas(width=426, height=240)


def _read(end: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += os.read(end, size - len(data))
    return data


def _time(picture: bytes) -> int | None:
    return timestrip.read(np.frombuffer(picture, np.uint8)[: 426 * 240].reshape(240, 426))


def test_a_tick_at_50_frames_has_two_pictures_20_ms_apart() -> None:
    canvas = Canvas(width=426, height=240, fps=50)
    pictures: list[bytes] = []
    tick_of(Cards(Sheet(canvas), "demo"), Tone(), 25, lambda picture: pictures.append(bytes(picture)))
    assert [_time(picture) for picture in pictures] == [1_000, 1_020]


def test_ticks_are_written_when_they_are_due_and_a_long_stall_is_skipped() -> None:
    clock = SteppedClock()
    began = -(-clock.wall_ns() // TICK_NS)
    steps = iter([1, 1, 100])
    pictures, sound = os.pipe(), os.pipe()
    seen: list[int | None] = []

    def wait(_seconds: float) -> None:
        if (step := next(steps, None)) is None:
            raise BrokenPipeError
        clock.advance(step * TICK_NS / 1e9)

    def read() -> None:
        for _ in range(4):
            seen.append(_time(_read(pictures[0], CANVAS.picture_bytes)))
            assert len(_read(sound[0], SOUND_BYTES)) == SOUND_BYTES

    reader = threading.Thread(target=read)
    reader.start()
    run(Cards(Sheet(CANVAS), "demo"), clock, pictures[1], sound[1], wait)
    reader.join(10)
    for end in (*pictures, *sound):
        os.close(end)
    assert len(seen) == 4
    places = [(millis or 0) * 1_000_000 // TICK_NS - began for millis in seen]
    assert places == [0, 1, 2, 102]


def test_a_reader_who_leaves_ends_it() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError):
        write_all(writing, b"x" * 10)
    os.close(writing)


@pytest.mark.line
def test_the_child_writes_pictures_and_sound_at_the_clocks_pace_until_its_reader_goes() -> None:
    pictures, sound = os.pipe(), os.pipe()
    sizes = ["--width", "426", "--height", "240", "--fps", "25"]
    pipes = ["--picture-fd", str(pictures[1]), "--sound-fd", str(sound[1])]
    argv = [sys.executable, "-m", "ingest.testcard.main", *sizes, *pipes, "--title", "Thử"]
    child = subprocess.Popen(argv, pass_fds=(pictures[1], sound[1]))
    for end in (pictures[1], sound[1]):
        os.close(end)
    seen = []
    for _ in range(10):
        seen.append(_time(_read(pictures[0], CANVAS.picture_bytes)) or 0)
        assert len(_read(sound[0], SOUND_BYTES)) == SOUND_BYTES
    assert {after - before for before, after in pairwise(seen)} == {40}
    assert abs(time.time() * 1_000 - seen[-1]) < 2_000
    for end in (pictures[0], sound[0]):
        os.close(end)
    assert child.wait(5) == 0


def test_a_card_beside_slides_comes_in_two_sizes() -> None:
    sheet = Sheet.of(CANVAS, Role.MAIN, two=True)
    picture = Cards(sheet, "demo").picture(1_234_000)
    small = sheet.small_of(picture)
    assert sheet.small is not None
    assert small is not None
    assert sheet.large_of(picture) == Cards(Sheet(CANVAS), "demo").picture(1_234_000)
    large = planes_of(sheet.large_of(picture), CANVAS)
    assert (small.y == large.y[:sheet.small.height * 4:4, :sheet.small.width * 4:4]).all()
