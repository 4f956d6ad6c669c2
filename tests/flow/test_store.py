"""Keys of the store, and that the stores there are have both halves."""

from flow.ids import ChannelId, RenditionId
from flow.names import SegmentName
from flow.store import MediaKey, StoreReader, StoreWriter
from origin.memory_store import MemoryStore


def test_equal_addresses_are_one_key() -> None:
    keys = {MediaKey(ChannelId("a"), RenditionId("v240"), SegmentName(1, 2)) for _ in range(2)}
    assert len(keys) == 1


async def test_what_the_writing_half_puts_the_reading_half_has() -> None:
    store = MemoryStore()
    writer: StoreWriter = store
    reader: StoreReader = store
    key = MediaKey(ChannelId("a"), RenditionId("v240"), SegmentName(1, 2))
    writer.put(key, b"media")
    assert writer.keeps(key)
    assert await reader.body(key) == b"media"
