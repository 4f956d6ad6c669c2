import os
from collections.abc import Iterator
from itertools import chain, repeat

import pytest

from ingest.srt.reading import GOES_ON, SILENT, Reading


class Clock:
    """Moves on by so much each time it is asked."""

    def __init__(self, step: float) -> None:
        self.now, self._step = 0.0, step

    def __call__(self) -> float:
        self.now += self._step
        return self.now


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


def test_what_comes_in_time_is_handed_on_and_the_end_is_the_end(pipe: tuple[int, int]) -> None:
    reading = Reading(pipe[0], clock=Clock(SILENT / 2))
    os.write(pipe[1], b"media")
    assert reading.next() == b"media"
    os.close(pipe[1])
    assert reading.next() == b""


def test_what_a_front_gives_up_at_its_end_after_a_silence_is_left_out(pipe: tuple[int, int]) -> None:
    """F-05: it is older than the slate that viewers have seen meanwhile."""
    os.write(pipe[1], b"what was held back")
    os.close(pipe[1])
    moments = chain([0.0], repeat(SILENT))
    assert Reading(pipe[0], clock=lambda: next(moments)).next() == b""


def test_a_sender_that_goes_on_after_a_silence_loses_nothing(pipe: tuple[int, int]) -> None:
    """F-09: it is known by what comes a little later."""
    os.write(pipe[1], b"one ")
    more = iter([b"at once ", b"later"])

    def comes(_: int, __: float) -> bool:
        os.write(pipe[1], next(more))
        return True

    moments = iter([0.0, SILENT, SILENT, SILENT, SILENT, SILENT, SILENT + GOES_ON])
    assert Reading(pipe[0], clock=lambda: next(moments), comes=comes).next() == b"one at once later"
    os.close(pipe[1])


def test_one_who_stays_silent_again_is_not_waited_for(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], b"a word")
    assert Reading(pipe[0], clock=Clock(SILENT), comes=lambda *_: False).next() == b"a word"
    os.close(pipe[1])
