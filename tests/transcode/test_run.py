from dataclasses import replace
from itertools import pairwise
from threading import Thread

import pytest

from flow.chunk import Chunk, Init, Packet
from flow.timebase import GOP, TICK, hours_text
from flow.track import VIETNAMESE
from tests.transcode.steps import AUDIO, FIRST, Children, StepClock, V, channel, tick, until
from transcode.backlog import LIMIT, Taken
from transcode.run import Run


class Stage:
    """A run on a stepped clock, its packets, and why it ended."""

    def __init__(self, mode: str, *, captions: bool = False) -> None:
        self.clock = StepClock()
        self.packets: list[Packet] = []
        self.children = Children(mode)
        self.run = Run(
            channel=replace(channel(), captions=VIETNAMESE if captions else None), clock=self.clock,
            sink=self.packets.append, number=5, start=FIRST * TICK,
        )
        self.why = ""
        self._thread = Thread(target=self._live)
        self._thread.start()

    def _live(self) -> None:
        self.why = self.run.live(self.children, "ffmpeg")

    def chunks(self, rendition: str) -> list[Chunk]:
        return [p for p in self.packets if isinstance(p, Chunk) and p.rendition == rendition]

    def ended(self) -> str:
        self._thread.join(10)
        assert not self._thread.is_alive()
        assert self.children.started[0].returncode is not None
        return self.why


def test_a_run_gives_init_sections_and_chunks_on_the_grid() -> None:
    stage = Stage("good")
    for index in range(48):
        assert stage.run.offer(tick(FIRST + index)) is Taken.KEPT
    until(lambda: len(stage.packets) == 8)
    stage.run.end("stopped")
    assert stage.ended() == "stopped"
    for rendition in (V, AUDIO):
        starts = [packet.start for packet in stage.chunks(rendition)]
        assert starts == [FIRST * TICK + part * 30_720 for part in range(3)]
        assert all(start // GOP * GOP == FIRST * TICK for start in starts)
    assert {packet.run for packet in stage.packets} == {5}
    assert sum(isinstance(packet, Init) for packet in stage.packets) == 2
    assert stage.run.delivered


def test_a_hole_in_the_ticks_ends_the_run() -> None:
    stage = Stage("good")
    stage.run.offer(tick(FIRST))
    assert stage.run.offer(tick(FIRST + 2)) is Taken.HOLE
    assert stage.ended() == "a tick is missing"


def test_an_encoder_that_reads_nothing_overflows() -> None:
    stage = Stage("good")
    until(lambda: bool(stage.children.started))
    stage.children.started[0].send_signal(19)  # SIGSTOP
    taken = Taken.KEPT
    for index in range(50_000):  # the pipe itself holds some small pictures
        taken = stage.run.offer(tick(FIRST + index))
        if taken is Taken.FULL:
            break
    assert taken is Taken.FULL
    assert stage.ended() == "the encoder does not keep up"
    assert stage.run.backlog.accepted >= LIMIT


def test_an_encoder_that_ends_is_reported_with_its_status_and_its_error() -> None:
    assert Stage("refuse").ended() == "the encoder ended with status 3: [fatal] no such encoder"


def test_an_encoder_that_is_killed_is_reported_with_the_signal() -> None:
    """F-01."""
    stage = Stage("good")
    until(lambda: len(stage.packets) == 2)
    stage.children.started[0].kill()
    assert stage.ended() == "the encoder was killed by signal 9"


def test_an_encoder_that_takes_pictures_and_gives_nothing_is_killed_after_three_seconds() -> None:
    """F-02."""
    stage = Stage("silent")
    for index in range(LIMIT):
        stage.run.offer(tick(FIRST + index))
    until(lambda: stage.run.backlog.depth == 0)
    stage.clock.step(2.9)
    stage.run.offer(tick(FIRST + LIMIT))
    assert not stage.run.over
    stage.clock.step(0.2)
    stage.run.offer(tick(FIRST + LIMIT + 1))
    assert stage.ended() == "the encoder hung: no v16 for 3 s"


def test_an_encoder_without_input_does_not_hang_however_long_it_waits() -> None:
    stage = Stage("good")
    until(lambda: len(stage.packets) == 2)
    stage.clock.step(3600)
    for index in range(16):
        stage.run.offer(tick(FIRST + index))
    until(lambda: len(stage.packets) == 4)
    stage.run.end("stopped")
    assert stage.ended() == "stopped"


def test_a_chunk_off_the_grid_ends_the_run_and_goes_nowhere() -> None:
    stage = Stage("shift")
    for index in range(16):
        stage.run.offer(tick(FIRST + index))
    assert "where" in stage.ended()
    assert stage.chunks(V) == []


def test_a_run_ended_before_it_began_leaves_nothing_behind() -> None:
    run = Run(channel=channel(), clock=StepClock(), sink=lambda _: None, number=1, start=FIRST * TICK)
    run.end("stopped")
    children = Children("good")
    assert run.live(children, "ffmpeg") == "stopped"
    assert children.started[0].returncode is not None


def test_an_encoder_that_cannot_be_started_leaves_no_pipes_open() -> None:
    run = Run(channel=channel(), clock=StepClock(), sink=lambda _: None, number=1, start=FIRST * TICK)
    with pytest.raises(FileNotFoundError):
        run.live(Children(""), "/nowhere/ffmpeg")


def test_captions_go_out_with_the_first_pictures_of_their_time() -> None:
    stage = Stage("good", captions=True)
    for index in range(48):
        stage.run.offer(replace(tick(FIRST + index), caption="xin chào" if index < 20 else ""))
    until(lambda: len(stage.packets) == 12)
    stage.run.end("stopped")
    assert stage.ended() == "stopped"
    said = stage.chunks("captions")
    assert [(chunk.start, chunk.end) for chunk in said] == [(chunk.start, chunk.end) for chunk in stage.chunks(V)]
    first = FIRST * TICK
    times = [hours_text(first + at * TICK) for at in (0, 16, 20)]
    assert [chunk.body.decode() for chunk in said] == [
        *(f"{begin} --> {end}\nxin chào\n\n" for begin, end in pairwise(times)), "\n",
    ]
    for chunk in said:
        places = [place for place, packet in enumerate(stage.packets) if isinstance(packet, Chunk)
                  and packet.start == chunk.start and packet.rendition in {V, "captions"}]
        assert stage.packets[places[0]].rendition == V


def test_an_encoder_that_gives_nothing_gives_no_captions() -> None:
    """F-01: what was said in pictures that never came is lost with them."""
    stage = Stage("silent", captions=True)
    for index in range(32):
        stage.run.offer(replace(tick(FIRST + index), caption="xin chào"))
    until(lambda: len(stage.packets) == 3)
    stage.children.started[0].kill()
    stage.ended()
    assert stage.chunks("captions") == []
