"""The store in memory: what the contract test does not say."""

from flow.names import SegmentName
from origin.memory_store import MemoryStore
from tests.origin.builders import DEMO, RUN, key_of


async def test_a_forgotten_segment_is_gone_and_may_come_back() -> None:
    store = MemoryStore()
    key = key_of(SegmentName(5, RUN))
    store.put(key, b"first")
    store.forget(key)
    assert await store.body(key) is None
    store.put(key, b"other")
    assert await store.body(key) == b"other"


def test_another_life_remembers_nothing() -> None:
    MemoryStore().remember(DEMO, b"notes")
    assert MemoryStore().recall(DEMO) is None


async def test_without_a_disk_what_is_settled_stays() -> None:
    store = MemoryStore()
    key = key_of(SegmentName(5, RUN))
    store.put(key, b"first")
    store.hold(DEMO, 7_200)
    assert store.settle(key)
    assert await store.body(key) == b"first"
    assert not store.settle(key_of(SegmentName(6, RUN)))
