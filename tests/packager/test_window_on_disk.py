"""A window longer than memory over a real disk: one that fails for a while, and a headend that is killed."""

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flow.chunk import Chunk
from flow.ids import RenditionId
from flow.names import parse_name
from flow.profile import ProfileName
from flow.store import MediaKey
from flow.wire import Verdict
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from packager.publisher import Publisher
from tests.conformance.playlist import read_text
from tests.conformance.texts import between_lives, of_update, problems
from tests.recorded.builder import EPOCH, channel_of, recorded_packets
from tests.recorded.clock import SteppedClock

CHANNEL = channel_of(profile=ProfileName.CLASSIC, rungs=1, window_s=600)
LENGTH = CHANNEL.profile.segment
V0 = RenditionId("v0")


class Headend:
    """A publisher over memory and disk. While `failure` is set, the disk refuses every write with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.failure = 0
        self.clock = SteppedClock(wall_units=EPOCH)
        self.start()

    def start(self) -> None:
        self.disk = DiskStore(self.root, opener=self._open, now_ns=self.clock.monotonic_ns)
        self.disk.hold(CHANNEL.id, CHANNEL.window_s)
        self.disk.start()
        self.memory = MemoryStore()
        self.store = TieredStore(self.memory, self.disk)
        self.publisher = Publisher(channel=CHANNEL, store=self.store, clock=self.clock)

    def _open(self, path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if self.failure and flags & os.O_CREAT:
            raise OSError(self.failure, os.strerror(self.failure))
        return os.open(path, flags, mode, dir_fd=dir_fd)

    def run(self, segments: int, *, first: int) -> None:
        for place in range(first, first + segments):
            for packet in recorded_packets(CHANNEL, EPOCH + place * LENGTH, 1):
                if isinstance(packet, Chunk):
                    self.clock.advance_to(packet.end)
                assert self.publisher.take(packet) is Verdict.KEPT
                self.publisher.tick()
            assert self.disk.flush()  # media time flies here, and the disk's does not

    def text(self) -> str:
        playlist = self.store.playlist(CHANNEL.id, V0)
        assert playlist is not None
        text = playlist.full.plain.decode()
        assert problems(text) == []
        if playlist.delta is not None:
            assert of_update(playlist.delta.plain.decode(), text) == []
        return text

    async def bodies(self) -> dict[str, str]:
        """Digests of all that the playlist names and is no gap; asserts that each can be had."""
        found = {}
        for row in read_text(self.text()).segments:
            for uri in {row.map} if row.gap else {row.map, row.uri}:
                name = parse_name(uri)
                assert name is not None
                body = await self.store.body(MediaKey(CHANNEL.id, V0, name))
                assert body is not None, uri
                found[uri] = hashlib.sha256(body).hexdigest()
        return found


@pytest.fixture
def headend(tmp_path: Path) -> Iterator[Headend]:
    found = Headend(tmp_path)
    yield found
    found.disk.stop()


@pytest.mark.parametrize("failure", [errno.ENOSPC, errno.EIO, errno.EROFS])
async def test_a_disk_that_fails_for_a_while_makes_gaps_in_the_past_and_none_at_the_edge(
    headend: Headend, failure: int,
) -> None:
    """F-21: live goes on from memory, and nothing is listed that cannot be had."""
    headend.run(4, first=0)
    headend.failure = failure
    headend.run(3, first=4)
    assert not any(row.gap for row in read_text(headend.text()).segments)
    assert len(await headend.bodies()) == 8
    headend.failure = 0
    headend.run(70, first=7)
    rows = read_text(headend.text()).segments
    assert [row.msn - EPOCH // LENGTH for row in rows] == list(range(77))
    assert [place for place, row in enumerate(rows) if row.gap] == [4, 5, 6]
    assert len(await headend.bodies()) == 75


async def test_a_killed_headend_comes_back_with_its_window_and_every_body(headend: Headend) -> None:
    """F-22: no address has another content, and none is missing."""
    headend.run(70, first=0)
    text, before = headend.text(), await headend.bodies()
    killed = headend.disk
    headend.start()
    killed.stop()
    assert between_lives(text, headend.text()) == []
    assert len(read_text(headend.text()).segments) == 70
    assert await headend.bodies() == before
    headend.run(2, first=70)
    assert len(read_text(headend.text()).segments) == 72
