"""Sheets of thumbnails: what they are made of, byte for byte; that decoders read them is seen with the real coder
(tests/desk/test_thumbnail_sink.py)."""

import pytest

from flow.errors import MediaError
from flow.ids import RenditionId
from flow.names import PartName, SegmentName
from flow.store import MediaKey
from flow.thumbnail import SHEET, THUMBNAILS
from origin.memory_store import MemoryStore
from packager.thumbnails.jpeg import segments_of
from packager.thumbnails.sheet import is_sheet, sheet_at, sheet_of
from packager.ts.remuxer import Remuxer
from tests.packager.thumbnails.pictures import SIZE, jpeg, segment
from tests.recorded.builder import channel_of

DEMO = channel_of().id
FIRST = 600


def key(name: SegmentName | PartName, rendition: RenditionId = THUMBNAILS) -> MediaKey:
    return MediaKey(DEMO, rendition, name)


def pictures() -> list[bytes]:
    return [jpeg(scan=b"picture %d" % number) for number in range(SHEET)]


def test_each_picture_is_an_interval_of_one_scan() -> None:
    sheet = sheet_of(pictures())
    scan = b"".join([b"\xff" + bytes([0xD0 + at]) + b"picture %d" % (at + 1) for at in range(SHEET - 1)])
    assert sheet.endswith(b"picture 0" + scan + b"\xff\xd9")
    found = {marker: content for _, marker, content in segments_of(sheet)}
    assert found[0xDD] == (10 * 6).to_bytes(2, "big")
    assert found[0xC0][1:5] == (5 * 96 + 90).to_bytes(2, "big") + SIZE[0].to_bytes(2, "big")
    assert sheet_of(pictures()) == sheet


def test_pictures_that_are_not_made_alike_make_none() -> None:
    with pytest.raises(MediaError, match="not made alike"):
        sheet_of([*pictures()[1:], jpeg(more=segment(0xDB, bytes(65)))])


@pytest.mark.parametrize("name", [
    PartName(FIRST + 1, 7, SHEET), PartName(FIRST, 7, SHEET - 1), PartName(FIRST, 7, 9_999), SegmentName(FIRST, 7),
])
def test_only_what_is_listed_can_be_asked_for(name: SegmentName | PartName) -> None:
    """T-12: or else a viewer could have thousands of pictures joined in all ways."""
    assert not is_sheet(key(name))
    assert is_sheet(key(PartName(FIRST, 7, SHEET)))
    assert not is_sheet(key(PartName(FIRST, 7, SHEET), RenditionId("v720")))


async def test_a_sheet_is_made_when_somebody_asks_and_unknown_while_a_picture_is_missing() -> None:
    store = MemoryStore()
    remuxer = Remuxer(store)
    asked = key(PartName(FIRST, 7, SHEET))
    bodies = pictures()
    for at, body in enumerate(bodies[:-1]):
        store.put(key(SegmentName(FIRST + at, 7)), body)
    assert await remuxer.body(asked) is None
    store.put(key(SegmentName(FIRST + SHEET - 1, 7)), bodies[-1])
    assert await remuxer.body(asked) == sheet_of(bodies)
    assert await remuxer.body(key(SegmentName(FIRST, 7))) == bodies[0]


async def test_a_sheet_that_cannot_be_made_is_unknown() -> None:
    store = MemoryStore()
    for at, body in enumerate([*pictures()[1:], jpeg(more=segment(0xDB, bytes(65)))]):
        store.put(key(SegmentName(FIRST + at, 7)), body)
    assert await sheet_at(key(PartName(FIRST, 7, SHEET)), store.body) is None
    assert await sheet_at(key(SegmentName(FIRST, 7)), store.body) is None
