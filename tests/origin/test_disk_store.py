"""The store on disk: what survives, what a bad disk does, what goes when."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from flow.errors import OperatorError
from flow.ids import ChannelId, RenditionId
from flow.names import InitName, MediaName, PartName, SegmentName, TsName
from flow.playlist import Edge
from flow.store import MediaKey
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from tests.origin.builders import DEMO, PARTS, RUN, V720, advance, fill, key_of, segment_bytes

SECOND = 1_000_000_000


class Disk:
    """A disk that fails when told to, and a clock that a test moves."""

    def __init__(self) -> None:
        self.failure: int | None = None
        self.gate: threading.Event | None = None
        self.now = 0

    def open(self, path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_CREAT:
            if self.gate is not None:
                self.gate.wait(5)
            if self.failure is not None:
                raise OSError(self.failure, os.strerror(self.failure))
        return os.open(path, flags, mode, dir_fd=dir_fd)

    def now_ns(self) -> int:
        return self.now


@pytest.fixture
def disk() -> Disk:
    return Disk()


@contextmanager
def opened(root: Path, disk: Disk, *, keep_seconds: int = 1800, queue_bytes: int = 1 << 20) -> Iterator[DiskStore]:
    store = DiskStore(
        root, keep_seconds=keep_seconds, queue_bytes=queue_bytes, opener=disk.open, now_ns=disk.now_ns,
    )
    store.start()
    try:
        yield store
    finally:
        store.stop()


def segment(msn: int, run: int = RUN) -> MediaKey:
    return key_of(SegmentName(msn, run))


async def test_a_body_counts_as_kept_when_it_is_synced(tmp_path: Path, disk: Disk) -> None:
    disk.gate = threading.Event()
    with opened(tmp_path, disk) as store:
        store.put(segment(5), b"bytes")
        assert not store.is_kept(segment(5))
        assert await store.body(segment(5)) == b"bytes"
        disk.gate.set()
        assert store.flush()
        assert store.is_kept(segment(5))
    assert (tmp_path / "demo" / "v720" / f"5-{RUN}.m4s").read_bytes() == b"bytes"


async def test_another_life_finds_what_was_kept_and_tidies_up_the_rest(tmp_path: Path, disk: Disk) -> None:
    with opened(tmp_path, disk) as store:
        store.put(key_of(InitName(RUN)), b"init")
        store.put(segment(5), b"bytes")
    place = tmp_path / "demo" / "v720"
    (place / f".6-{RUN}.m4s.new").write_bytes(b"half")
    (place / "rubbish").write_bytes(b"")
    (tmp_path / "Not an id").mkdir()
    (tmp_path / "a-file").write_bytes(b"")
    with opened(tmp_path, disk) as store:
        assert await store.body(segment(5)) == b"bytes"
        assert await store.body(key_of(InitName(RUN))) == b"init"
        assert await store.body(segment(6)) is None
        store.put(segment(5), b"bytes")
        with pytest.raises(ValueError, match="other bytes"):
            store.put(segment(5), b"longer bytes")
    assert sorted(path.name for path in place.iterdir()) == [f"5-{RUN}.m4s", f"init-{RUN}.mp4"]


def test_notes_and_synced_segments_survive_kill_9(tmp_path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from origin.disk_store import DiskStore
from tests.origin.builders import DEMO, RUN, key_of
from flow.names import SegmentName
store = DiskStore(Path({str(tmp_path)!r}))
store.start()
for msn in range(50):
    store.put(key_of(SegmentName(msn, RUN)), bytes(1000))
    store.remember(DEMO, str(msn).encode())
    if msn == 20:
        assert store.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
    child = subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[2])
    assert child.returncode == -9
    store = DiskStore(tmp_path)
    store.start()
    notes = store.recall(DEMO)
    assert notes is not None
    assert int(notes) >= 20
    # Notes are written before the bodies that they speak of, so that each of these is known.
    kept = [msn for msn in range(50) if store.is_kept(segment(msn))]
    assert kept == list(range(len(kept)))
    assert int(notes) >= kept[-1]
    assert all(file.stat().st_size == 1000 for file in (tmp_path / "demo" / "v720").glob("*.m4s"))
    store.stop()


@pytest.mark.parametrize(("failure", "words"), [
    (errno.ENOSPC, "disk full"), (errno.EDQUOT, "disk full"), (errno.EROFS, "disk is read-only"),
    (errno.EIO, "disk error (EIO)"),
])
async def test_live_goes_on_over_a_bad_disk_and_keeping_again_when_it_is_good(
    tmp_path: Path, disk: Disk, failure: int, words: str,
) -> None:
    """F-21: nothing raises, viewers are served from memory, no fragment is left, and it heals by itself."""
    with opened(tmp_path, disk) as kept:
        store = TieredStore(MemoryStore(), kept)
        fill(store, msn=100)
        assert kept.flush()
        disk.failure = failure
        for msn in (101, 102, 103):
            for part in range(PARTS):
                playlist = advance(store, msn, part)
                assert await store.wait_part(DEMO, V720, Edge(msn, part)) is playlist
            assert await store.body(segment(msn)) == segment_bytes(msn)
        assert kept.flush()
        assert store.trouble() == f"{words}: 3 segments not kept"
        assert not kept.is_kept(segment(102))
        disk.failure = None
        disk.now += 3 * SECOND
        advance(store, 104, PARTS - 1)
        assert kept.flush()
        assert store.trouble() == ""
        assert kept.is_kept(segment(104))
        # What was not kept may be put once more.
        store.put(segment(102), segment_bytes(102))
        assert kept.flush()
        assert kept.is_kept(segment(102))
    names = sorted(path.name for path in (tmp_path / "demo" / "v720").iterdir())
    assert names == sorted([*(f"{msn}-{RUN}.m4s" for msn in (99, 100, 102, 104)), f"init-{RUN}.mp4"])


async def test_a_full_disk_gives_up_the_oldest_segments_first(tmp_path: Path, disk: Disk) -> None:
    """F-21."""
    with opened(tmp_path, disk) as store:
        for msn in range(3):
            store.put(segment(msn), bytes(1000))
            assert store.flush()
            disk.now += 100 * SECOND
        room = iter([False, True])

        def opener(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            if flags & os.O_CREAT and not next(room):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return os.open(path, flags, mode, dir_fd=dir_fd)

        store._folder._opener = opener
        store.put(segment(3), bytes(1500))
        assert store.flush()
        assert [store.is_kept(segment(msn)) for msn in range(4)] == [False, False, True, True]
        assert store.trouble() == ""


async def test_a_full_disk_never_gives_up_what_is_live(tmp_path: Path, disk: Disk) -> None:
    """F-21."""
    with opened(tmp_path, disk) as store:
        store.put(segment(0), bytes(1000))
        assert store.flush()
        disk.now += 128 * SECOND  # a window of two minutes, and two segments
        disk.failure = errno.ENOSPC
        store.put(segment(1), bytes(1000))
        assert store.flush()
        assert store.is_kept(segment(0))
        assert store.trouble() == "disk full: 1 segment not kept"


async def test_a_slow_disk_loses_what_does_not_fit_and_blocks_no_one(tmp_path: Path, disk: Disk) -> None:
    """F-21."""
    disk.gate = threading.Event()
    with opened(tmp_path, disk, queue_bytes=3000) as store:
        for msn in range(10):
            store.put(segment(msn), bytes(1000))
        assert "disk too slow" in store.trouble()
        disk.gate.set()
        assert store.flush()
        assert store.is_kept(segment(0))
        assert not store.is_kept(segment(9))


def test_on_a_slow_disk_only_the_newest_notes_are_written_and_before_bodies(tmp_path: Path, disk: Disk) -> None:
    """F-21: so that what was listed before a crash is known after it."""
    disk.gate = threading.Event()
    with opened(tmp_path, disk) as store:
        for msn in range(10):
            store.put(segment(msn), b"bytes")
            store.remember(DEMO, str(msn).encode())
            store.remember(ChannelId("other"), str(msn).encode())
        written: list[str] = []
        write = store._folder.write

        def note(place: Sequence[str], name: str, body: bytes) -> None:
            written.append(f"{'/'.join(place)}/{name} {body[-1:].decode()}")
            write(place, name, body)

        store._folder.write = note  # type: ignore[method-assign]
        disk.gate.set()
        assert store.flush()
        notes = [one for one in written if "_notes" in one]
        assert set(notes[-2:]) == {"demo/_notes 9", "other/_notes 9"}
        assert len(notes) <= 3  # one may have been on its way
        assert max(map(written.index, notes)) <= 5


async def test_a_slow_disk_is_told_of_before_anything_is_lost(tmp_path: Path, disk: Disk) -> None:
    """F-21: within 10 s."""
    disk.gate = threading.Event()
    with opened(tmp_path, disk) as store:
        store.put(segment(1), b"bytes")
        disk.now += 2 * SECOND
        assert store.trouble() == ""
        disk.now += 2 * SECOND
        assert store.trouble().startswith("disk too slow: 4 s behind, for 4 s now; ")
        disk.gate.set()
        assert store.flush()
        disk.now += 6 * SECOND
        assert store.trouble() == ""


async def test_segments_go_when_their_time_is_over(tmp_path: Path, disk: Disk) -> None:
    with opened(tmp_path, disk, keep_seconds=60) as store:
        store.put(key_of(InitName(RUN)), b"init")
        store.put(segment(5), b"bytes")
        assert store.flush()
        disk.now += 61 * SECOND
        store.put(segment(6), b"bytes")
        assert store.flush()
        assert await store.body(segment(5)) is None
        assert await store.body(segment(6)) == b"bytes"
        assert store.is_kept(key_of(InitName(RUN)))
    names = sorted(path.name for path in (tmp_path / "demo" / "v720").iterdir())
    assert names == [f"6-{RUN}.m4s", f"init-{RUN}.mp4"]


async def test_segments_stay_as_long_as_a_channels_window_asks(tmp_path: Path, disk: Disk) -> None:
    other = key_of(SegmentName(5, RUN), channel="other")
    with opened(tmp_path, disk, keep_seconds=60) as store:
        store.hold(DEMO, 7_200)
        for key in (segment(5), other):
            store.put(key, b"bytes")
        assert store.flush()
        disk.now += 7_300 * SECOND
        store.put(segment(6), b"bytes")
        assert store.flush()
        assert [store.is_kept(key) for key in (segment(5), other)] == [True, False]
        assert [store.settle(key) for key in (segment(5), segment(9))] == [True, False]
        store.hold(DEMO, 120)
        store.put(segment(7), b"bytes")
        assert store.flush()
        assert not store.is_kept(segment(5))


@pytest.mark.parametrize("step", [7_200, -7_200])
async def test_a_wall_clock_that_stepped_between_two_lives_deletes_nothing_young(
    tmp_path: Path, disk: Disk, step: int,
) -> None:
    """F-19: files seem two hours old, or to come from the future."""
    with opened(tmp_path, disk, keep_seconds=60) as store:
        for msn in (5, 6, 7):
            store.put(segment(msn), b"bytes")
    for msn, age in ((5, 90), (6, 50), (7, 0)):
        path = tmp_path / "demo" / "v720" / f"{msn}-{RUN}.m4s"
        os.utime(path, (path.stat().st_mtime - step - age,) * 2)
    with opened(tmp_path, disk, keep_seconds=60) as store:
        store.put(segment(8), b"bytes")
        assert store.flush()
        assert store.is_kept(segment(6))
        assert store.is_kept(segment(7))
        assert store.is_kept(segment(5)) == (step < 0)


async def test_a_forgotten_segment_is_gone_also_when_it_was_not_written_yet(tmp_path: Path, disk: Disk) -> None:
    disk.gate = threading.Event()
    with opened(tmp_path, disk) as store:
        for msn in (4, 5):
            store.put(segment(msn), b"bytes")
        store.forget(segment(5))
        assert await store.body(segment(5)) is None
        disk.gate.set()
        assert store.flush()
        store.forget(segment(4))
        assert store.flush()
        assert await store.body(segment(4)) is None
    assert list((tmp_path / "demo" / "v720").iterdir()) == []


@pytest.mark.parametrize("key", [
    MediaKey(ChannelId(".."), V720, SegmentName(1, 1)), MediaKey(DEMO, RenditionId("a/b"), SegmentName(1, 1)),
    MediaKey(ChannelId(""), V720, InitName(1)), MediaKey(DEMO, V720, SegmentName(-1, 1)),
])
async def test_only_ids_and_whole_numbers_become_paths(tmp_path: Path, disk: Disk, key: MediaKey) -> None:
    """T-12."""
    with opened(tmp_path / "root", disk) as store:
        with pytest.raises(ValueError, match="not an address"):
            store.put(key, b"bytes")
        assert await store.body(key) is None
        store.forget(key)
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


def test_notes_are_for_channels_alone(tmp_path: Path, disk: Disk) -> None:
    """T-12."""
    with opened(tmp_path, disk) as store:
        with pytest.raises(ValueError, match="not a channel"):
            store.remember(ChannelId(".."), b"notes")
        assert store.recall(ChannelId("..")) is None


@pytest.mark.parametrize("name", [PartName(5, RUN, 0), TsName(5, RUN)])
async def test_parts_and_what_is_made_of_segments_are_ignored(tmp_path: Path, disk: Disk, name: MediaName) -> None:
    with opened(tmp_path, disk) as store:
        store.put(key_of(name), b"bytes")
        assert store.flush()
        assert await store.body(key_of(name)) is None


async def test_a_file_that_vanished_is_none(tmp_path: Path, disk: Disk) -> None:
    with opened(tmp_path, disk) as store:
        store.put(segment(5), b"bytes")
        assert store.flush()
        (tmp_path / "demo" / "v720" / f"5-{RUN}.m4s").unlink()
        assert await store.body(segment(5)) is None


def test_a_root_that_cannot_be_used_is_told_to_the_operator(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OperatorError, match="cannot be used"):
        DiskStore(tmp_path / "file").start()
