import asyncio
import logging

import pytest

from flow.ids import ChannelId
from flow.ladder import AUDIO
from flow.names import InitName, SegmentName, TsName
from flow.playlist import Body, Edge
from flow.store import MediaKey
from flow.timebase import GOP
from origin.memory_store import MemoryStore
from packager.ts.piece import contents_of
from packager.ts.recipe import Recipe, Source
from packager.ts.remuxer import Remuxer
from packager.ts.segment import LENGTH, segment_of
from tests.origin.builders import playlist_at
from tests.packager.ts.media import V0, recorded_piece
from tests.recorded.builder import EPOCH

DEMO = ChannelId("demo")
FIRST = EPOCH // GOP


class CountingStore(MemoryStore):
    """Counts what is read."""

    reads = 0

    async def body(self, key: MediaKey) -> bytes | None:
        self.reads += 1
        await asyncio.sleep(0)
        return await super().body(key)


def source(msn: int) -> Source:
    return Source(
        picture_init=MediaKey(DEMO, V0, InitName(1)), picture=MediaKey(DEMO, V0, SegmentName(msn, 1)),
        sound_init=MediaKey(DEMO, AUDIO, InitName(1)), sound=MediaKey(DEMO, AUDIO, SegmentName(msn, 1)),
    )


def key(msn: int) -> MediaKey:
    return MediaKey(DEMO, V0, TsName(msn, 1))


def stocked(*, segments: int = 2, room: int = 32 << 20) -> tuple[CountingStore, Remuxer]:
    """A store with so many pairs, each of which is offered."""
    store = CountingStore()
    remuxer = Remuxer(store, room=room)
    for at in range(2 * segments):
        piece = recorded_piece(EPOCH + at * GOP)
        bodies = (piece.picture_init, piece.picture, piece.sound_init, piece.sound)
        for one, body in zip(source(FIRST + at).keys, bodies, strict=True):
            store.put(one, body)
    for at in range(segments):
        msn = EPOCH // LENGTH + at
        remuxer.offer(key(msn), Recipe(
            start=EPOCH + at * LENGTH, width=256, height=144,
            sources=(source(FIRST + 2 * at), source(FIRST + 2 * at + 1)),
        ))
    return store, remuxer


async def test_a_segment_is_made_of_what_the_store_has() -> None:
    _, remuxer = stocked()
    pieces = recorded_piece(EPOCH), recorded_piece(EPOCH + GOP)
    assert await remuxer.body(key(EPOCH // LENGTH)) == segment_of(contents_of(EPOCH, pieces, 256, 144))


async def test_a_crowd_that_asks_at_once_lets_it_be_made_once() -> None:
    store, remuxer = stocked()
    bodies = await asyncio.gather(*(remuxer.body(key(EPOCH // LENGTH)) for _ in range(50)))
    assert len({id(body) for body in bodies}) == 1
    assert await remuxer.body(key(EPOCH // LENGTH)) is bodies[0]
    assert store.reads == 8


async def test_one_who_goes_away_takes_it_from_nobody() -> None:
    _, remuxer = stocked()
    first = asyncio.create_task(remuxer.body(key(EPOCH // LENGTH)))
    second = asyncio.create_task(remuxer.body(key(EPOCH // LENGTH)))
    await asyncio.sleep(0)
    first.cancel()
    assert await asyncio.wait_for(second, 5) is not None


async def test_only_so_many_bytes_are_kept_and_the_rest_is_made_again() -> None:
    store, remuxer = stocked(room=40_000)
    one = await remuxer.body(key(EPOCH // LENGTH))
    await remuxer.body(key(EPOCH // LENGTH + 1))
    assert store.reads == 16
    assert await remuxer.body(key(EPOCH // LENGTH)) == one
    assert store.reads == 24


async def test_what_is_not_offered_or_withdrawn_is_unknown() -> None:
    _, remuxer = stocked()
    assert await remuxer.body(key(7)) is None
    assert await remuxer.body(key(EPOCH // LENGTH)) is not None
    remuxer.withdraw(key(EPOCH // LENGTH))
    assert await remuxer.body(key(EPOCH // LENGTH)) is None


async def test_a_segment_whose_source_is_gone_is_unknown(caplog: pytest.LogCaptureFixture) -> None:
    store, remuxer = stocked()
    store.forget(source(FIRST + 1).sound)
    with caplog.at_level(logging.WARNING):
        assert await remuxer.body(key(EPOCH // LENGTH)) is None
    assert "is gone" in caplog.text


async def test_a_broken_source_is_told_and_breaks_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    store, remuxer = stocked()
    store.forget(source(FIRST).picture)
    store.put(source(FIRST).picture, b"no boxes")
    with caplog.at_level(logging.ERROR):
        assert await remuxer.body(key(EPOCH // LENGTH)) is None
    assert "cannot be made" in caplog.text
    assert await remuxer.body(key(EPOCH // LENGTH + 1)) is not None


async def test_all_else_is_the_stores() -> None:
    store, remuxer = stocked()
    assert await remuxer.body(source(FIRST).picture) == await store.body(source(FIRST).picture)
    playlist = playlist_at(100, 2)
    store.publish(DEMO, V0, playlist)
    store.publish_multivariant(DEMO, Body.of("#EXTM3U\n"))
    store.publish_multivariant(DEMO, Body.of("#EXTM3U\n# boxes\n"), "ts")
    assert remuxer.channels() == (DEMO,)
    assert remuxer.multivariant(DEMO) == store.multivariant(DEMO) != remuxer.multivariant(DEMO, "ts")
    assert remuxer.playlist(DEMO, V0) is playlist
    assert await remuxer.wait_part(DEMO, V0, Edge(100, 0)) is playlist
    assert await remuxer.wait_segment(DEMO, V0, 100) is playlist
