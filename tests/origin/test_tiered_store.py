"""Memory in front, disk behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flow.names import InitName, PartName, SegmentName
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from tests.origin.builders import DEMO, RUN, key_of

SEGMENT = key_of(SegmentName(5, RUN))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[DiskStore]:
    found = DiskStore(tmp_path)
    found.start()
    yield found
    found.stop()


async def test_a_segment_that_memory_forgot_comes_from_the_disk(disk: DiskStore) -> None:
    memory = MemoryStore()
    store = TieredStore(memory, disk)
    for name in (SegmentName(5, RUN), InitName(RUN)):
        store.put(key_of(name), b"bytes")
        store.forget(key_of(name))
        assert await memory.body(key_of(name)) is None
        assert await store.body(key_of(name)) == b"bytes"


async def test_what_is_settled_is_the_disks_alone(disk: DiskStore) -> None:
    memory = MemoryStore()
    store = TieredStore(memory, disk)
    store.hold(DEMO, 7_200)
    store.put(SEGMENT, b"bytes")
    assert disk.flush()
    assert store.settle(SEGMENT)
    assert await memory.body(SEGMENT) is None
    assert await store.body(SEGMENT) == b"bytes"
    assert not store.settle(key_of(SegmentName(6, RUN)))


async def test_parts_are_in_memory_alone(disk: DiskStore) -> None:
    store = TieredStore(MemoryStore(), disk)
    key = key_of(PartName(5, RUN, 0))
    store.put(key, b"bytes")
    assert await store.body(key) == b"bytes"
    assert await disk.body(key) is None


async def test_other_bytes_are_refused_also_when_memory_forgot_the_first(disk: DiskStore) -> None:
    store = TieredStore(MemoryStore(), disk)
    store.put(SEGMENT, b"first")
    store.forget(SEGMENT)
    with pytest.raises(ValueError, match="other bytes"):
        store.put(SEGMENT, b"other")
    assert await store.body(SEGMENT) == b"first"


async def test_another_life_finds_segments_and_notes(disk: DiskStore, tmp_path: Path) -> None:
    store = TieredStore(MemoryStore(), disk)
    store.put(SEGMENT, b"bytes")
    store.remember(DEMO, b"notes")
    assert disk.flush()
    later = DiskStore(tmp_path)
    later.start()
    again = TieredStore(MemoryStore(), later)
    assert again.recall(DEMO) == b"notes"
    assert await again.body(SEGMENT) == b"bytes"
    later.stop()
