"""F-19: whatever the wall clock does, segments come by the monotonic one, and no number is lost or used twice."""

import pytest

from flow.chunk import Chunk
from flow.profile import ProfileName
from flow.timebase import SCALE
from flow.wire import Verdict
from packager.grid import round_up
from packager.publisher import Publisher
from tests.conformance.playlist import read_text
from tests.packager.shelf import RecordingShelf
from tests.packager.stage import Stage
from tests.recorded.builder import EPOCH, channel_of, recorded_chunks, recorded_inits, recorded_packets
from tests.recorded.clock import SteppedClock

STEPS = (1, -1, 3_600, -3_600, 86_400, -86_400)
DAY_OF_200_PPM = 17.28
CHANNEL = channel_of(rungs=1)


def _numbers(stage: Stage, rendition: str = "v0") -> list[int]:
    """Numbers listed, from the first on; asserts that none is a gap."""
    rows = read_text(stage.shelf.text(rendition)).segments
    assert not any(row.gap for row in rows)
    return [row.msn - stage.msn(0) for row in rows]


@pytest.mark.parametrize("step", STEPS)
def test_what_is_published_is_the_same_with_a_step_and_without(step: int) -> None:
    """F-19."""
    shelves = []
    for seconds in (0, step):
        stage = Stage(CHANNEL)
        stage.run(3)
        stage.clock.step_wall(seconds)
        for packet in recorded_packets(stage.channel, stage.at(3), 3):
            # The clock on the wall says nothing now: time is told by what has passed.
            if isinstance(packet, Chunk) and packet.rendition == "v0":
                stage.clock.advance(packet.duration / SCALE)
            assert stage.publisher.take(packet) is Verdict.KEPT
            stage.publisher.tick()
        assert _numbers(stage) == [0, 1, 2, 3, 4, 5]
        shelves.append([(name, playlist.full.plain) for name, playlist in stage.shelf.published])
    assert shelves[0] == shelves[1]


@pytest.mark.parametrize("step", STEPS)
def test_a_headend_that_begins_anew_after_a_step_goes_on_with_its_worker(step: int) -> None:
    """F-19: the worker has the time from before; it goes on, and its pace is what counts."""
    stage = Stage(CHANNEL)
    stage.run(4)
    stage.clock.step_wall(step)
    stage.restart()
    for init in recorded_inits(stage.channel):
        stage.publisher.take(init)
    for packet in recorded_packets(stage.channel, stage.at(4), 4):
        if isinstance(packet, Chunk) and packet.rendition == "v0":
            stage.clock.advance(packet.duration / SCALE)
            stage.publisher.tick()
        assert stage.publisher.take(packet) is Verdict.KEPT
    assert _numbers(stage) == list(range(8))
    assert stage.publisher.status().gap_segments == 0


@pytest.mark.parametrize("step", STEPS)
def test_when_all_begin_anew_after_a_step_no_number_is_used_twice(step: int) -> None:
    """F-19, F-22: also when the clock says that what was published lies in the future."""
    stage = Stage(CHANNEL)
    stage.run(4)
    stage.clock.step_wall(step)
    stage.restart()
    positions = stage.publisher.positions()
    now = stage.clock.wall_ns() * SCALE // 10**9
    start = max(round_up(stage.channel.profile, now), positions.floor)
    verdicts = set()
    for packet in recorded_packets(stage.channel, start, 4, run=positions.last_run + 1):
        if isinstance(packet, Chunk) and packet.rendition == "v0":
            stage.clock.advance(packet.duration / SCALE)
            stage.publisher.tick()
        verdicts.add(stage.publisher.take(packet))
    assert verdicts == {Verdict.KEPT}
    rows = read_text(stage.shelf.text("v0")).segments
    assert [row.msn for row in rows[-4:]] == [start // stage.channel.profile.segment + at for at in range(4)]
    assert rows[-4].msn > stage.msn(3)
    assert [row.date for row in rows] == sorted({row.date for row in rows})


@pytest.mark.parametrize("drift", [200e-6, -200e-6, 0.01, -0.01])
@pytest.mark.parametrize("off", [0.0, DAY_OF_200_PPM, -DAY_OF_200_PPM])
def test_a_worker_whose_clock_drifts_loses_nothing(off: float, drift: float) -> None:
    """F-19: slow or fast by 200 ppm and by fifty times that, also where a day of it lies behind already."""
    channel = channel_of(profile=ProfileName.CLASSIC, rungs=1)
    clock = SteppedClock(wall_units=EPOCH + round(off * SCALE))
    publisher = Publisher(channel=channel, store=RecordingShelf(check=False), clock=clock)
    for init in recorded_inits(channel):
        publisher.take(init)
    length = channel.profile.chunk
    for place in range(EPOCH, EPOCH + 16 * channel.profile.segment, length):
        clock.advance(length / SCALE * (1 + drift))
        publisher.tick()
        for chunk in recorded_chunks(channel, place):
            assert publisher.take(chunk) is Verdict.KEPT
    status = publisher.status()
    assert status.gap_segments == 0
    assert status.last_msn == EPOCH // channel.profile.segment + 15


@pytest.mark.parametrize("ahead", [0, 2, 86_400])
def test_a_worker_whose_clock_is_ahead_is_missed_as_soon_as_any_other(ahead: int) -> None:
    """F-19, F-02: two machines are 2 s apart; what does not come is a gap in time all the same."""
    stage = Stage(CHANNEL)
    stage.clock.step_wall(-ahead)
    stage.publisher = Publisher(channel=stage.channel, store=stage.shelf, clock=stage.clock)
    for packet in recorded_packets(stage.channel, EPOCH, 4):
        if isinstance(packet, Chunk) and packet.rendition == "v0":
            stage.clock.advance(packet.duration / SCALE)
        stage.publisher.take(packet)
    for _ in range(60):
        stage.clock.advance(0.1)
        stage.publisher.tick()
    assert stage.publisher.status().gap_segments >= 1
