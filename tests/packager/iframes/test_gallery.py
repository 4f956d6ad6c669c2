import asyncio
import logging

import pytest

from flow.ids import ChannelId, RenditionId
from flow.names import InitName, PartName, SegmentName
from flow.store import MediaKey
from flow.timebase import GOP
from origin.memory_store import MemoryStore
from packager.iframes.gallery import picture_at
from packager.iframes.picture import picture_of
from packager.seal import Seal
from packager.ts.recipe import Cutting
from packager.ts.remuxer import Remuxer
from tests.packager.loose_keyring import LooseKeyring
from tests.packager.ts.media import V0, recorded, recorded_init
from tests.recorded.builder import EPOCH

DEMO = ChannelId("demo")
PICTURES = RenditionId(f"iframes-{V0}")


CLEAR = Cutting(renditions=frozenset({V0}), length=GOP)


def _cutting(store: MemoryStore, rung: str = V0, seal: Seal | None = None) -> Remuxer:
    remuxer = Remuxer(store)
    remuxer.cut(DEMO, Cutting(renditions=frozenset({RenditionId(rung)}), length=GOP, seal=seal))
    return remuxer


def _stocked(segment: bytes) -> MemoryStore:
    store = MemoryStore()
    store.put(MediaKey(DEMO, V0, InitName(1)), recorded_init(V0))
    store.put(MediaKey(DEMO, V0, SegmentName(7, 1)), segment)
    return store


async def test_a_picture_is_cut_out_of_its_segment_when_it_is_asked_for() -> None:
    segment = recorded(V0, EPOCH)
    remuxer = _cutting(_stocked(segment))
    assert await remuxer.body(MediaKey(DEMO, PICTURES, SegmentName(7, 1))) == picture_of(segment)


async def test_a_crowd_that_asks_for_one_has_its_segment_read_once() -> None:
    store = _stocked(recorded(V0, EPOCH))
    remuxer = _cutting(store)
    bodies = await asyncio.gather(*(remuxer.body(MediaKey(DEMO, PICTURES, SegmentName(7, 1))) for _ in range(20)))
    assert len({id(body) for body in bodies}) == 1
    store.forget(MediaKey(DEMO, V0, SegmentName(7, 1)))
    assert await remuxer.body(MediaKey(DEMO, PICTURES, SegmentName(7, 1))) is bodies[0]


async def test_only_rungs_have_pictures() -> None:
    remuxer = _cutting(_stocked(recorded(V0, EPOCH)), "v1")
    assert await remuxer.body(MediaKey(DEMO, PICTURES, SegmentName(7, 1))) is None
    assert await remuxer.body(MediaKey(ChannelId("other"), PICTURES, SegmentName(7, 1))) is None


async def test_its_init_section_is_that_of_its_rendition() -> None:
    remuxer = _cutting(_stocked(b""))
    assert await remuxer.body(MediaKey(DEMO, PICTURES, InitName(1))) == recorded_init(V0)


async def test_of_an_encrypted_segment_it_is_encrypted_again_for_the_same_place() -> None:
    """T-16."""
    ring = LooseKeyring(seconds=8)
    ring.provide(now=EPOCH, floor=0, oldest=0)
    seal, msn, segment = Seal(ring), EPOCH // GOP, recorded(V0, EPOCH)
    store = MemoryStore()
    store.put(MediaKey(DEMO, V0, SegmentName(msn, 1)), seal.close(EPOCH, msn, segment))
    body = await _cutting(store, seal=seal).body(MediaKey(DEMO, PICTURES, SegmentName(msn, 1)))
    assert body is not None
    assert seal.open(EPOCH, msn, body) == picture_of(segment)


async def test_a_channel_that_is_encrypted_no_more_has_its_pictures_in_clear() -> None:
    segment = recorded(V0, EPOCH)
    remuxer = _cutting(_stocked(segment), seal=Seal(LooseKeyring(seconds=8)))
    remuxer.cut(DEMO, CLEAR)
    assert await remuxer.body(MediaKey(DEMO, PICTURES, SegmentName(7, 1))) == picture_of(segment)


async def test_what_is_not_there_and_parts_are_unknown() -> None:
    store = _stocked(b"")
    for name in (SegmentName(8, 1), PartName(7, 1, 0)):
        assert await picture_at(MediaKey(DEMO, PICTURES, name), V0, CLEAR, store.body) is None


async def test_a_segment_without_a_picture_is_unknown_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        broken = _stocked(b"?")
        assert await picture_at(MediaKey(DEMO, PICTURES, SegmentName(7, 1)), V0, CLEAR, broken.body) is None
    assert "cannot be made" in caplog.text
