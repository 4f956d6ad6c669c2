from collections.abc import Iterator
from dataclasses import replace

import pytest

from flow.boxes import find
from flow.chunk import Chunk, Init, Packet
from flow.encoder_kind import EncoderKind
from flow.ladder import AUDIO
from flow.process import Process, Spawn
from flow.timebase import GOP, SCALE, TICK
from packager.multivariant import overhead, sound_overhead
from tests.transcode.steps import FIRST, Children, RealClock, StepClock, V, channel, tick, until
from transcode.backlog import LIMIT
from transcode.encoder import Encoder
from transcode.presets import load_ladder
from transcode.run import Run


class Stage:
    """An encoder with the stand-in on a stepped clock."""

    def __init__(
        self, mode: str = "good", *, floor: int = 0, first_run: int = 0, worker: int | None = None,
        kind: EncoderKind = EncoderKind.X264,
    ) -> None:
        self.clock = StepClock()
        self.children = Children(mode)
        self.packets: list[Packet] = []
        self.encoder = Encoder(
            channel=channel() if worker is None else replace(channel(), workers=2), clock=self.clock,
            spawn=self.children, ffmpeg="ffmpeg", sink=self.packets.append, floor=floor, first_run=first_run,
            worker=worker or 0, kind=kind,
        )
        self.encoder.start()

    def feed(self, first: int, count: int) -> None:
        for index in range(first, first + count):
            until(lambda: self.encoder.status().depth < LIMIT - 1)
            self.encoder.put(tick(index))

    def feed_while(self, kind: EncoderKind, index: int) -> int:
        """Ticks from `index` on, read or not, while that encoder makes the pictures; the next one's index."""
        while self.encoder.status().kind is kind:
            self.encoder.put(tick(index))
            index += 1
        return index

    def starts(self, rendition: str = V) -> list[int]:
        return [p.start // TICK for p in self.packets if isinstance(p, Chunk) and p.rendition == rendition]

    def kinds(self) -> list[str]:
        """What each process was to make its pictures with."""
        return [str(argv[argv.index("-c:v") + 1]) for argv in (list(one.args) for one in self.children.started)]

    def runs(self) -> list[int]:
        return sorted({packet.run for packet in self.packets})


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.encoder.stop()


def test_a_run_starts_at_the_first_tick_that_opens_a_segment(stage: Stage) -> None:
    stage.feed(FIRST - 7, 7 + 16)
    until(lambda: stage.starts() == stage.starts("audio") == [FIRST])
    status = stage.encoder.status()
    assert (status.restarts, status.why) == (0, "")


def test_a_run_starts_with_the_very_first_tick_when_it_opens_a_segment(stage: Stage) -> None:
    stage.feed(FIRST, 16)
    until(lambda: stage.starts() == [FIRST])


def test_a_run_does_not_start_below_the_floor() -> None:
    stage = Stage(floor=FIRST * TICK + 1)
    stage.feed(FIRST, 48 + 16)
    until(lambda: stage.starts() == [FIRST + 48])
    stage.encoder.stop()


def test_a_run_is_numbered_by_the_wall_clock_but_never_lower_than_it_must_be() -> None:
    stage = Stage()
    stage.feed(FIRST, 1)
    assert stage.encoder.status().run == stage.clock.wall // 1_000_000
    stage.encoder.stop()
    stage = Stage(first_run=10**14)
    stage.feed(FIRST, 1)
    assert stage.encoder.status().run == 10**14
    stage.encoder.stop()


@pytest.mark.parametrize("worker", [0, 1])
def test_of_two_workers_one_has_the_even_runs_and_the_other_the_odd_ones(worker: int) -> None:
    stage = Stage(worker=worker)
    stage.feed(FIRST, 1)
    first = stage.encoder.status().run
    stage.encoder.put(tick(FIRST + 2))
    assert (first % 2, stage.encoder.status().run % 2) == (worker, worker)
    assert stage.encoder.status().run > first
    stage.encoder.stop()


def test_runs_grow_even_when_the_wall_clock_goes_back(stage: Stage) -> None:
    stage.feed(FIRST, 1)
    first = stage.encoder.status().run
    stage.clock.wall -= 10**12
    stage.encoder.put(tick(FIRST + 2))
    assert stage.encoder.status().run == first + 1


def test_a_hole_ends_the_run_and_the_next_starts_on_the_next_boundary(stage: Stage) -> None:
    stage.feed(FIRST, 20)
    until(lambda: stage.starts() == [FIRST])
    stage.feed(FIRST + 21, 48)
    until(lambda: stage.starts() == [FIRST, FIRST + 48])
    assert len(stage.runs()) == 2
    assert stage.encoder.status().restarts == 1


def test_a_hole_at_a_boundary_loses_no_more_than_the_hole(stage: Stage) -> None:
    stage.feed(FIRST, 47)
    stage.feed(FIRST + 48, 16)
    until(lambda: stage.starts()[-1:] == [FIRST + 48])


def test_ticks_that_go_back_never_bring_back_what_was_encoded(stage: Stage) -> None:
    stage.feed(FIRST, 20)
    until(lambda: stage.starts() == [FIRST])
    stage.feed(FIRST, 48 + 16)
    until(lambda: stage.starts() == [FIRST, FIRST + 48])


def test_a_killed_encoder_is_followed_by_another_with_the_same_init_sections(stage: Stage) -> None:
    """F-01: killed, the next run starts on the next boundary and the init section is the same."""
    stage.feed(FIRST, 48)
    until(lambda: len(stage.starts()) == 3)
    stage.children.started[0].kill()
    until(lambda: stage.encoder.status().restarts == 1)
    assert stage.encoder.status().why == "the encoder was killed by signal 9"
    stage.feed(FIRST + 48, 16)
    until(lambda: stage.starts()[-1] == FIRST + 48)
    inits = [p for p in stage.packets if isinstance(p, Init) and p.rendition == V]
    assert inits[0].body == inits[1].body
    assert inits[0].run < inits[1].run
    until(lambda: stage.encoder.status().why == "")


def test_an_overflow_restarts_on_a_boundary_instead_of_shifting_time(stage: Stage) -> None:
    stage.feed(FIRST, 16)
    until(lambda: len(stage.starts()) == 1)
    stage.children.started[0].send_signal(19)  # SIGSTOP
    index, first = FIRST + 16, stage.encoder.status().run
    while stage.encoder.status().run == first:
        stage.encoder.put(tick(index))
        index += 1
    until(lambda: stage.encoder.status().restarts == 1)
    assert stage.encoder.status().why == "the encoder does not keep up"
    stage.feed(index, 96)
    until(lambda: len(stage.starts()) >= 2)
    assert stage.starts()[1] % 48 == 0


def test_a_crash_loop_is_slowed_down_and_told() -> None:
    """F-03."""
    stage = Stage("refuse")
    stage.feed(FIRST, 1)
    until(lambda: stage.encoder.status().restarts == 1)
    stage.feed(FIRST + 1, 1)  # the first short run is followed at once
    until(lambda: stage.encoder.status().restarts == 2)
    stage.feed(FIRST + 2, 48)  # the second is not
    assert len(stage.children.started) == 2
    stage.clock.step(0.6)
    stage.feed(FIRST + 50, 1)
    until(lambda: len(stage.children.started) == 3)
    assert stage.encoder.status().why == "the encoder ended with status 3: [fatal] no such encoder"
    stage.encoder.stop()


def test_an_encoder_that_cannot_be_started_is_told_and_tried_again() -> None:
    stage = Stage("")  # no stand-in: "ffmpeg" itself, under a name that does not exist
    stage.encoder = Encoder(
        channel=channel(), clock=stage.clock, spawn=stage.children, ffmpeg="/nowhere/ffmpeg",
        sink=stage.packets.append, floor=0, first_run=1,
    )
    stage.encoder.start()
    stage.feed(FIRST, 1)
    until(lambda: "/nowhere/ffmpeg" in stage.encoder.status().why)
    stage.encoder.stop()


def test_an_error_that_nobody_expected_ends_a_run_and_not_the_encoder(
    stage: Stage, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-01: the overseer lives on and starts the next run."""
    live, lives = Run.live, []

    def fail_once(run: Run, spawn: Spawn, binary: str) -> str:
        lives.append(run.number)
        if len(lives) == 1:
            raise LookupError("broken")
        return live(run, spawn, binary)

    monkeypatch.setattr(Run, "live", fail_once)
    stage.feed(FIRST, 1)
    until(lambda: stage.encoder.status().restarts == 1)
    assert stage.encoder.status().why == "LookupError: broken"
    stage.feed(FIRST + 1, 16)
    until(lambda: stage.starts() == [FIRST])


def test_stopping_ends_the_process_and_takes_no_more_ticks(stage: Stage) -> None:
    stage.feed(FIRST, 16)
    until(lambda: len(stage.starts()) == 1)
    stage.encoder.stop()
    assert len(stage.children.started) == 1
    assert stage.children.started[0].returncode in {0, -9}  # by its input's end, or killed, whichever came first
    stage.encoder.put(tick(FIRST + 16))
    assert stage.encoder.status().restarts == 0


def test_stopping_what_never_started_is_harmless() -> None:
    encoder = Encoder(
        channel=channel(), clock=StepClock(), spawn=Children("good"), ffmpeg="ffmpeg", sink=lambda _: None,
        floor=0, first_run=1,
    )
    encoder.stop()


class Line:
    """The real FFmpeg on the tiny ladder, fed as fast as it takes."""

    def __init__(self, ffmpeg: str) -> None:
        self.channel = channel(load_ladder("tiny"))
        self.children = Children()
        self.packets: list[Packet] = []
        self.encoder = Encoder(
            channel=self.channel, clock=RealClock(), spawn=self.children, ffmpeg=ffmpeg, sink=self.packets.append,
            floor=0, first_run=1,
        )
        self.encoder.start()
        self.index = FIRST

    def feed(self, count: int) -> None:
        size = self.channel.ladder.canvas.picture_bytes
        for _ in range(count):
            until(lambda: self.encoder.status().depth < LIMIT - 10)
            self.encoder.put(tick(self.index, size))
            self.index += 1

    def chunks(self, rendition: str) -> list[Chunk]:
        return [p for p in self.packets if isinstance(p, Chunk) and p.rendition == rendition]

    def init(self, run: int) -> dict[str, bytes]:
        return {p.rendition: p.body for p in self.packets if isinstance(p, Init) and p.run == run}


@pytest.fixture
def line(ffmpeg: str) -> Iterator[Line]:
    line = Line(ffmpeg)
    yield line
    line.encoder.stop()


@pytest.mark.line
def test_real_chunks_lie_on_the_grid_alike_in_all_renditions(line: Line) -> None:
    line.feed(2 * 48 + 24)
    until(lambda: all(len(line.chunks(name)) >= 6 for name in line.channel.renditions))
    expected = [FIRST * TICK + part * 30_720 for part in range(6)]
    for name in line.channel.renditions:
        chunks = line.chunks(name)[:6]
        assert [chunk.start for chunk in chunks] == expected
        assert {chunk.duration for chunk in chunks} == {30_720}
        assert all(chunk.independent for chunk in chunks if name == AUDIO or chunk.start % GOP == 0)
    sound = sound_overhead(line.channel.profile)
    for name, declared in (("v240", overhead(line.channel.profile, 25) - sound), ("audio", sound)):
        boxes = [len(chunk.body) - len(find(memoryview(chunk.body), "mdat")) for chunk in line.chunks(name)[:6]]
        assert declared / 3 < max(boxes) * 8 * SCALE / 30_720 <= declared  # of all that playlists count for boxes
    codecs = {str(p.rendition): p.codecs for p in line.packets if isinstance(p, Init)}
    assert codecs["v240"].startswith("avc1.")
    assert codecs["audio"] == "mp4a.40.2"


@pytest.mark.line
def test_a_killed_real_encoder_leaves_a_hole_and_the_same_init_section(line: Line) -> None:
    """F-01: a later boundary, a higher run, byte-identical init sections."""
    line.feed(48 + 24)
    until(lambda: len(line.chunks("v240")) >= 3)
    first = line.encoder.status().run
    victim: Process = line.children.started[0]
    victim.kill()
    until(lambda: line.encoder.status().restarts == 1)
    line.feed(2 * 48)
    until(lambda: line.chunks("v240")[-1].run > first)
    begun = next(chunk for chunk in line.chunks("v240") if chunk.run > first)
    assert begun.start % GOP == 0
    assert begun.start > FIRST * TICK
    assert begun.independent
    assert line.init(first) == line.init(begun.run)
    assert set(line.init(first)) == {"v240", "audio"}


def test_an_encoder_that_dies_early_in_a_segment_is_followed_by_one_that_begins_with_it(stage: Stage) -> None:
    """F-01: the next whole segment within 4 s, whenever the death comes."""
    stage.feed(FIRST, 48)
    until(lambda: len(stage.starts()) == 3)
    stage.feed(FIRST + 48, 10)
    stage.children.started[0].kill()
    until(lambda: stage.encoder.status().restarts == 1)
    stage.feed(FIRST + 58, 22)
    until(lambda: stage.starts()[3:] == [FIRST + 48, FIRST + 64])
    assert len(stage.runs()) == 2


def test_a_segment_of_which_something_came_out_is_not_begun_again(stage: Stage) -> None:
    stage.feed(FIRST, 20)
    until(lambda: stage.starts() == [FIRST])
    stage.children.started[0].kill()
    until(lambda: stage.encoder.status().restarts == 1)
    stage.feed(FIRST + 20, 28 + 16)
    until(lambda: stage.starts() == [FIRST, FIRST + 48])


@pytest.fixture
def on_a_card() -> Iterator[Stage]:
    stage = Stage(kind=EncoderKind.NVENC)
    yield stage
    stage.encoder.stop()


def test_what_dies_on_hardware_is_followed_by_x264(on_a_card: Stage) -> None:
    """F-01: at the next segment, and its death does not bring the card back."""
    stage = on_a_card
    stage.feed(FIRST, 48)
    until(lambda: len(stage.starts()) == 3)
    assert (stage.encoder.status().kind, stage.encoder.status().fallen) == (EncoderKind.NVENC, "")
    stage.children.started[0].kill()
    until(lambda: stage.encoder.status().restarts == 1)
    stage.feed(FIRST + 48, 16)
    until(lambda: stage.starts()[3:] == [FIRST + 48])
    stage.children.started[1].kill()
    until(lambda: stage.encoder.status().restarts == 2)
    stage.clock.step(1.0)
    stage.feed(FIRST + 64, 48)
    until(lambda: len(stage.children.started) == 3)
    assert stage.kinds() == ["h264_nvenc", "libx264", "libx264"]
    status = stage.encoder.status()
    assert (status.kind, status.fallen) == (EncoderKind.X264, "nvenc: the encoder was killed by signal 9")


def test_a_card_that_hangs_is_followed_by_x264(on_a_card: Stage) -> None:
    """F-02: pictures pile up before anything else shows it."""
    stage = on_a_card
    stage.feed(FIRST, 16)
    until(lambda: len(stage.starts()) == 1)
    stage.children.started[0].send_signal(19)  # SIGSTOP
    stage.feed_while(EncoderKind.NVENC, FIRST + 16)
    until(lambda: stage.encoder.status().fallen == "nvenc: the encoder does not keep up")


def test_an_x264_that_does_not_keep_up_gives_the_place_back_to_the_card(on_a_card: Stage) -> None:
    """Who wanted a card has perhaps no cores for x264."""
    stage = on_a_card
    stage.feed(FIRST, 48)
    until(lambda: len(stage.starts()) == 3)
    stage.children.started[0].kill()
    until(lambda: stage.encoder.status().restarts == 1)
    stage.feed(FIRST + 48, 16)
    until(lambda: len(stage.starts()) == 4)
    stage.children.started[1].send_signal(19)  # SIGSTOP
    index = stage.feed_while(EncoderKind.X264, FIRST + 64)
    until(lambda: stage.encoder.status().restarts == 2)
    stage.feed(index, 96)
    until(lambda: stage.kinds() == ["h264_nvenc", "libx264", "h264_nvenc"])
    assert (stage.encoder.status().kind, stage.encoder.status().fallen) == (EncoderKind.NVENC, "")


def test_a_tick_that_is_missing_is_not_the_cards_fault(on_a_card: Stage) -> None:
    stage = on_a_card
    stage.feed(FIRST, 20)
    until(lambda: stage.starts() == [FIRST])
    stage.feed(FIRST + 21, 48)
    until(lambda: stage.starts() == [FIRST, FIRST + 48])
    assert stage.kinds() == ["h264_nvenc"] * 2
    assert stage.encoder.status().fallen == ""


def test_a_card_that_cannot_be_opened_is_followed_at_once_and_the_segment_is_whole() -> None:
    stage = Stage("no-card", kind=EncoderKind.NVENC)
    stage.feed(FIRST, 5)
    until(lambda: stage.encoder.status().restarts == 1)
    stage.feed(FIRST + 5, 48)
    until(lambda: stage.starts()[:1] == [FIRST])
    assert stage.encoder.status().fallen == "nvenc: the encoder ended with status 3: [fatal] no such encoder"
    stage.encoder.stop()
