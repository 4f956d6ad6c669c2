"""What every store promises, proven over each of them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from flow.ids import ChannelId
from flow.names import InitName, PartName, SegmentName
from flow.playlist import Body, Edge
from flow.store import StoreReader, StoreWriter
from origin.disk_store import DiskStore
from origin.memory_store import MemoryStore
from origin.tiered_store import TieredStore
from tests.origin.builders import DEMO, RUN, V720, advance, fill, key_of, playlist_at


class Store(StoreWriter, StoreReader, Protocol):
    """Both halves in one."""


@pytest.fixture(params=["memory", "disk", "tiered"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    disk = DiskStore(tmp_path / "media")
    disk.start()
    yield disk if request.param == "disk" else TieredStore(MemoryStore(), disk)
    disk.stop()


async def test_a_body_is_there_as_soon_as_it_was_put(store: Store) -> None:
    for name in (InitName(RUN), SegmentName(5, RUN)):
        store.put(key_of(name), b"bytes")
        assert await store.body(key_of(name)) == b"bytes"


async def test_a_body_is_there_also_when_it_was_written_behind(store: Store) -> None:
    store.put(key_of(SegmentName(5, RUN)), b"bytes")
    if isinstance(store, DiskStore):
        assert store.flush()
    assert await store.body(key_of(SegmentName(5, RUN))) == b"bytes"


async def test_unknown_bodies_are_none(store: Store) -> None:
    store.put(key_of(SegmentName(5, RUN)), b"bytes")
    for name in (SegmentName(5, RUN + 1), SegmentName(6, RUN), PartName(5, RUN, 0), InitName(RUN)):
        assert await store.body(key_of(name)) is None
    assert await store.body(key_of(SegmentName(5, RUN), channel="other")) is None
    assert await store.body(key_of(SegmentName(5, RUN), rendition="other")) is None


async def test_the_same_bytes_may_be_put_again_and_others_may_not(store: Store) -> None:
    key = key_of(SegmentName(5, RUN))
    store.put(key, b"first")
    store.put(key, bytes(bytearray(b"first")))
    with pytest.raises(ValueError, match="other bytes"):
        store.put(key, b"other")
    if isinstance(store, DiskStore):
        assert store.flush()
        store.put(key, b"first")
        with pytest.raises(ValueError, match="other bytes"):
            store.put(key, b"other")
    assert await store.body(key) == b"first"


async def test_a_part_is_gone_when_forgotten_and_unknown_keys_are_ignored(store: Store) -> None:
    key = key_of(PartName(5, RUN, 0))
    store.put(key, b"bytes")
    store.forget(key)
    store.forget(key)
    assert await store.body(key) is None


async def test_what_was_put_is_kept_and_what_was_forgotten_everywhere_is_not(store: Store) -> None:
    key = key_of(SegmentName(5, RUN))
    assert not store.keeps(key)
    store.put(key, b"bytes")
    assert store.keeps(key)
    if isinstance(store, DiskStore):
        assert store.flush()
        assert store.keeps(key)
    store.forget(key)
    assert store.keeps(key) == isinstance(store, TieredStore)  # the disk's copy goes by its own age


async def test_nothing_is_on_show_before_it_is_published(store: Store) -> None:
    assert store.channels() == ()
    assert store.multivariant(DEMO) is None
    assert store.playlist(DEMO, V720) is None


async def test_what_was_published_last_is_on_show(store: Store) -> None:
    body = Body.of("#EXTM3U\n")
    store.publish_multivariant(ChannelId("second"), body)
    store.publish_multivariant(DEMO, body)
    store.publish_multivariant(ChannelId("third"), body, "ts")
    store.publish(DEMO, V720, playlist_at(5, 0))
    newest = playlist_at(5, 1)
    store.publish(DEMO, V720, newest)
    assert store.channels() == (DEMO, "second")
    assert store.multivariant(DEMO) is body
    assert store.multivariant(DEMO, "ts") is None
    assert store.multivariant(ChannelId("third"), "ts") is body
    store.close(ChannelId("third"))
    assert store.multivariant(ChannelId("third"), "ts") is None
    assert store.playlist(DEMO, V720) is newest


async def test_what_is_past_is_answered_at_once(store: Store) -> None:
    fill(store, msn=100)
    now = store.playlist(DEMO, V720)
    assert await store.wait_part(DEMO, V720, Edge(3, 1)) is now
    assert await store.wait_part(DEMO, V720, Edge(100, 2)) is now
    assert await store.wait_segment(DEMO, V720, 100) is now


async def test_one_publication_wakes_everyone_with_the_same_playlist(store: Store) -> None:
    fill(store, msn=100)
    waiting = [asyncio.create_task(store.wait_part(DEMO, V720, Edge(101, 0))) for _ in range(20)]
    await asyncio.sleep(0)
    playlist = advance(store, 101, 0)
    assert all(found is playlist for found in await asyncio.gather(*waiting))


async def test_who_waits_for_more_goes_on_waiting(store: Store) -> None:
    fill(store, msn=100)
    part = asyncio.create_task(store.wait_part(DEMO, V720, Edge(101, 1)))
    segment = asyncio.create_task(store.wait_segment(DEMO, V720, 101))
    await asyncio.sleep(0)
    advance(store, 101, 0)
    await asyncio.sleep(0)
    assert not part.done()
    second = advance(store, 101, 1)
    assert await part is second
    assert not segment.done()
    third = advance(store, 101, 2)
    assert await segment is third


async def test_a_wait_may_begin_before_the_first_playlist(store: Store) -> None:
    early = asyncio.create_task(store.wait_part(DEMO, V720, Edge(5, 0)))
    await asyncio.sleep(0)
    assert store.playlist(DEMO, V720) is None
    playlist = playlist_at(5, 0)
    store.publish(DEMO, V720, playlist)
    assert await early is playlist


async def test_closing_wakes_who_waits_and_leaves_the_bodies(store: Store) -> None:
    fill(store, msn=100)
    waiting = asyncio.create_task(store.wait_segment(DEMO, V720, 101))
    await asyncio.sleep(0)
    store.close(DEMO)
    assert await waiting is None
    assert store.channels() == ()
    assert store.playlist(DEMO, V720) is None
    assert await store.body(key_of(SegmentName(99, RUN))) is not None


async def test_a_closed_channel_may_come_back(store: Store) -> None:
    fill(store, msn=100)
    store.close(DEMO)
    playlist = advance(store, 200, 0)
    assert await store.wait_part(DEMO, V720, Edge(200, 0)) is playlist


async def test_an_ended_playlist_keeps_no_one_waiting(store: Store) -> None:
    fill(store, msn=100)
    waiting = asyncio.create_task(store.wait_segment(DEMO, V720, 101))
    await asyncio.sleep(0)
    ended = playlist_at(100, 2, ended=True)
    store.publish(DEMO, V720, ended)
    assert await waiting is ended


async def test_hanging_up_harms_no_one_else(store: Store) -> None:
    fill(store, msn=100)
    first, second = (asyncio.create_task(store.wait_part(DEMO, V720, Edge(101, 0))) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    playlist = advance(store, 101, 0)
    assert await second is playlist
    assert first.cancelled()


async def test_the_last_notes_are_recalled(store: Store) -> None:
    assert store.recall(DEMO) is None
    store.remember(DEMO, b"first")
    store.remember(DEMO, b"second")
    assert store.recall(DEMO) == b"second"
    assert store.recall(ChannelId("other")) is None


async def test_there_is_no_trouble_while_all_is_well(store: Store) -> None:
    fill(store)
    assert store.trouble() == ""
