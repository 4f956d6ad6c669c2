"""The headend's next life over a real store: what its playlists name has bodies."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from flow.chunk import Chunk, Init
from flow.ids import RenditionId
from flow.names import InitName, SegmentName, parse_name
from flow.store import MediaKey
from flow.wire import Verdict
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from packager.publisher import Publisher
from packager.ts.remuxer import Remuxer
from tests.conformance.playlist import Segment, read_text
from tests.packager.ts.reader import read
from tests.recorded.builder import EPOCH, channel_of, recorded_chunk, recorded_inits, recorded_packets
from tests.recorded.clock import SteppedClock

CHANNEL = channel_of()
LENGTH = CHANNEL.profile.segment
MSN = EPOCH // LENGTH
KEEP_SECONDS = 200
V0 = RenditionId("v0")
TS_V0 = RenditionId("ts-v0")


class Headend:
    """A publisher over memory and disk; `restart` kills it and starts another on the same folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = SteppedClock(wall_units=EPOCH)
        self._start()

    def _start(self) -> None:
        self.disk = DiskStore(self.root, keep_seconds=KEEP_SECONDS, now_ns=self.clock.monotonic_ns)
        self.disk.start()
        self.store = TieredStore(MemoryStore(), self.disk)
        self.boxes = Remuxer(self.store)
        self.publisher = Publisher(channel=CHANNEL, store=self.store, clock=self.clock, recipes=self.boxes)

    def restart(self, *, lost: Iterable[str] = ()) -> None:
        """Another life, in which the files `lost` of v0 are gone."""
        self.disk.stop()
        for name in lost:
            (self.root / CHANNEL.id / V0 / name).unlink()
        self._start()

    def run(self, segments: int, *, first: int, run: int, look: int = 0) -> set[Verdict]:
        verdicts = set()
        for packet in recorded_packets(CHANNEL, EPOCH + first * LENGTH, segments, run=run, look=look):
            if isinstance(packet, Chunk):
                self.clock.advance_to(packet.end)
            verdicts.add(self.publisher.take(packet))
            self.publisher.tick()
        assert self.disk.flush()
        return verdicts

    def listed(self) -> list[int]:
        """What v0 lists; asserts that everything named has a body."""
        rows = self.rows()
        wholes = {segment.uri for segment in rows if not segment.gap}
        for uri in wholes | {segment.map for segment in rows}:
            name = parse_name(uri)
            assert name is not None
            assert self.store.keeps(MediaKey(CHANNEL.id, V0, name)), uri
        return [segment.msn - MSN for segment in rows]

    def rows(self) -> list[Segment]:
        """The rows of v0's playlist."""
        playlist = self.store.playlist(CHANNEL.id, V0)
        return [] if playlist is None else read_text(playlist.full.plain.decode()).segments


@pytest.fixture
def headend(tmp_path: Path) -> Iterator[Headend]:
    found = Headend(tmp_path)
    yield found
    found.disk.stop()


def _init(*, run: int, look: int = 0) -> Init:
    return next(init for init in recorded_inits(CHANNEL, run=run, look=look) if init.rendition == V0)


def test_the_init_section_of_a_run_that_is_long_gone_is_there_for_the_next_life(headend: Headend) -> None:
    """F-30: a later run goes on under its name."""
    headend.run(3, first=0, run=1)
    for first in range(3, 203, 40):
        assert headend.run(40, first=first, run=2) == {Verdict.KEPT}
    assert not headend.store.keeps(MediaKey(CHANNEL.id, V0, SegmentName(MSN, 1)))
    headend.restart()
    assert len(headend.listed()) == 63
    assert headend.store.keeps(MediaKey(CHANNEL.id, V0, InitName(1)))


def test_a_lost_init_section_is_waited_for_and_mended_by_any_equal_one(headend: Headend) -> None:
    """F-30."""
    headend.run(3, first=0, run=1)
    headend.run(3, first=3, run=2)
    headend.restart(lost=["init-1.mp4"])
    assert headend.listed() == []
    assert headend.store.playlist(CHANNEL.id, RenditionId("v1")) is not None
    assert headend.publisher.take(recorded_chunk(CHANNEL, V0, EPOCH + 6 * LENGTH, run=2)) is Verdict.NEED_INIT
    assert headend.publisher.take(_init(run=2)) is Verdict.KEPT
    assert headend.listed() == [0, 1, 2, 3, 4, 5]
    headend.restart()
    assert headend.listed() == [0, 1, 2, 3, 4, 5]


def test_another_encoder_in_the_place_of_a_lost_init_section_begins_a_window_of_its_own(headend: Headend) -> None:
    """F-30."""
    headend.run(6, first=0, run=1)
    headend.restart(lost=["init-1.mp4"])
    assert headend.run(2, first=7, run=2, look=8) == {Verdict.KEPT}
    assert headend.listed() == [7, 8]


def test_bodies_lost_from_the_middle_are_gaps_under_their_own_addresses(
    headend: Headend, caplog: pytest.LogCaptureFixture,
) -> None:
    """F-22, F-30: what lies before them can still be gone back to."""
    headend.run(6, first=0, run=1)
    before = headend.rows()
    headend.restart(lost=[f"{MSN + 1}-1.m4s", f"{MSN + 2}-1.m4s"])
    assert [(segment.uri, segment.gap) for segment in headend.rows()] == [
        (segment.uri, place in (1, 2)) for place, segment in enumerate(before)
    ]
    assert "the store lost 2 of 7 bodies" in caplog.text
    assert headend.run(2, first=6, run=1) == {Verdict.KEPT}
    headend.restart()
    assert [segment.gap for segment in headend.rows()] == [False, True, True, False, False, False, False, False]


async def test_a_box_gets_all_that_its_list_names_when_bodies_were_lost(headend: Headend) -> None:
    """F-22: black and silence for what is gone, the half that is there, and no address that leads nowhere."""
    def of_boxes() -> list[str]:
        playlist = headend.store.playlist(CHANNEL.id, TS_V0)
        assert playlist is not None
        return [segment.uri for segment in read_text(playlist.full.plain.decode()).segments]

    headend.run(12, first=0, run=1)
    before = of_boxes()
    headend.restart(lost=[f"{MSN + at}-1.m4s" for at in (4, 8, 9)])
    headend.run(2, first=12, run=1)
    listed, first = of_boxes(), MSN // 2
    assert listed == [
        *before[:2], f"{first + 2}-0-1.ts", before[3], f"{first + 4}-0.ts", before[5], f"{first + 6}-1.ts",
    ]
    bodies = [await headend.boxes.body(MediaKey(CHANNEL.id, TS_V0, name)) for uri in listed if (
        name := parse_name(uri)
    )]
    assert read(b"".join(body or b"missing" for body in bodies)).wrong == []


def test_bodies_lost_from_the_end_are_sent_again(headend: Headend) -> None:
    """F-21, F-22: notes go before the bodies that they speak of."""
    headend.run(6, first=0, run=1)
    before = headend.rows()
    headend.restart(lost=[f"{MSN + at}-1.m4s" for at in (4, 5)])
    assert headend.listed() == [0, 1, 2, 3]
    assert headend.publisher.positions().renditions[V0].end == EPOCH + 4 * LENGTH
    assert headend.run(4, first=4, run=1) == {Verdict.KEPT}
    assert [row.uri for row in headend.rows()[:6]] == [row.uri for row in before]
    assert not any(row.gap for row in headend.rows())


def test_bodies_lost_from_the_end_that_nobody_sends_again_are_gaps_under_their_own_addresses(
    headend: Headend,
) -> None:
    """F-22: so is what may have been listed up to now."""
    headend.run(6, first=0, run=1)
    before = headend.rows()
    headend.restart(lost=[f"{MSN + at}-1.m4s" for at in (4, 5)])
    for _ in range(80):
        headend.clock.advance(0.1)
        headend.publisher.tick()
    assert [(row.uri, row.gap) for row in headend.rows()[:6]] == [
        (row.uri, place >= 4) for place, row in enumerate(before)
    ]


def test_bodies_lost_from_the_head_leave_the_list(headend: Headend) -> None:
    """F-22, F-30."""
    headend.run(6, first=0, run=1)
    headend.restart(lost=[f"{MSN}-1.m4s", f"{MSN + 1}-1.m4s"])
    assert headend.listed() == [2, 3, 4, 5]
    assert headend.run(2, first=6, run=1) == {Verdict.KEPT}
    assert headend.listed() == [2, 3, 4, 5, 6, 7]


def test_a_window_without_any_body_begins_anew(headend: Headend) -> None:
    """F-30."""
    headend.run(3, first=0, run=1)
    headend.restart(lost=[f"{MSN + at}-1.m4s" for at in range(3)])
    assert headend.listed() == []
    assert headend.run(2, first=3, run=1) == {Verdict.KEPT}
    assert headend.listed() == [3, 4]


def test_a_wall_clock_that_stepped_before_the_next_life_costs_no_window(headend: Headend) -> None:
    """F-19."""
    headend.run(6, first=0, run=1)
    for file in (headend.root / CHANNEL.id / V0).iterdir():
        os.utime(file, (file.stat().st_mtime - 7_200,) * 2)
    headend.restart()
    assert headend.disk.flush()
    assert headend.listed() == [0, 1, 2, 3, 4, 5]


def test_after_a_pause_longer_than_the_window_another_begins_without_a_gap(headend: Headend) -> None:
    """Players that show nothing while a playlist begins with GAPs would stay black for two minutes."""
    headend.run(5, first=0, run=1)
    headend.restart()
    assert headend.run(3, first=100, run=2) == {Verdict.KEPT}
    assert headend.listed() == [100, 101, 102]
    assert headend.publisher.status().gap_segments == 0


def test_after_a_shorter_pause_the_window_goes_on_with_what_is_missing_as_gaps(headend: Headend) -> None:
    headend.run(5, first=0, run=1)
    headend.restart()
    headend.run(3, first=20, run=2)
    assert headend.listed() == list(range(23))
