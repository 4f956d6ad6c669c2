"""Init sections, parts and segments over HTTP."""

import asyncio
from dataclasses import replace

import pytest

from flow.names import InitName, PartName, SegmentName, TsName
from origin.bodies import may_come
from origin.memory_store import MemoryStore
from tests.origin.builders import (
    DEMO,
    PARTS,
    RUN,
    V720,
    advance,
    fill,
    key_of,
    part_bytes,
    playlist_at,
    segment_bytes,
)
from tests.origin.serving import Opening, Origin

SEGMENT = f"/live/demo/v720/99-{RUN}.m4s"
HINTED = f"/live/demo/v720/101-{RUN}.0.m4s"


@pytest.fixture
async def origin(opening: Opening) -> Origin:
    found = await opening()
    fill(found.store, msn=100)
    return found


@pytest.mark.parametrize(("name", "body", "kind", "age"), [
    (f"init-{RUN}.mp4", b"init section", "video/mp4", 86_400),
    (f"99-{RUN}.m4s", segment_bytes(99), "video/iso.segment", 12),
    (f"100-{RUN}.1.m4s", part_bytes(100, 1), "video/iso.segment", 12),
])
async def test_media_is_served_whole(origin: Origin, name: str, body: bytes, kind: str, age: int) -> None:
    answer = await origin.client.get(f"/live/demo/v720/{name}")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == f"max-age={age}"
    assert answer.headers["ETag"] == f'"{name}"'
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert int(answer.headers["Content-Length"]) == len(body)
    assert await answer.read() == body


async def test_a_transport_stream_says_that_it_is_one(origin: Origin) -> None:
    origin.store.put(key_of(TsName(99, RUN)), b"G" * 188)
    answer = await origin.client.get(f"/live/demo/v720/99-{RUN}.ts")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "video/mp2t")
    assert await answer.read() == b"G" * 188


@pytest.mark.parametrize("name", [
    f"98-{RUN}.m4s", f"99-{RUN + 1}.m4s", f"100-{RUN}.9.m4s", f"103-{RUN}.0.m4s", f"101-{RUN - 2}.0.m4s",
    "init-1.mp4", f"0{99}-{RUN}.m4s", "anything.txt", f"99-{RUN}.m4s.bak",
])
async def test_unknown_media_is_404_at_once(origin: Origin, name: str) -> None:
    answer = await origin.client.get(f"/live/demo/v720/{name}")
    assert answer.status == 404
    assert await answer.read() == b""
    assert origin.viewers.waiting == 0


@pytest.mark.parametrize("name", [
    f"101-{RUN}.1.m4s", f"102-{RUN}.0.m4s", f"101-{RUN}.m4s", f"101-{RUN + 1}.0.m4s", f"101-{RUN - 1}.0.m4s",
])
async def test_media_that_may_still_come_is_503_so_that_players_ask_again(origin: Origin, name: str) -> None:
    """F-30: a restarted headend lists less than viewers saw before, until workers have sent it again."""
    answer = await origin.client.get(f"/live/demo/v720/{name}")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert origin.viewers.waiting == 0


@pytest.mark.parametrize("profile_hint", [None, PartName(102, RUN, 0)])
def test_what_lies_beyond_the_edge_may_come(profile_hint: PartName | None) -> None:
    playlist = replace(playlist_at(101, PARTS - 1), hint=profile_hint)
    coming = [may_come(SegmentName(msn, RUN), playlist) for msn in range(100, 105)]
    assert coming == [False, False, True, True, False]
    assert not may_come(InitName(RUN), playlist)
    assert not may_come(SegmentName(102, RUN), replace(playlist, ended=True))


async def test_the_hinted_part_is_held_until_it_is_there(origin: Origin) -> None:
    asked = asyncio.create_task(origin.client.get(HINTED))
    await origin.parked(1)
    assert not asked.done()
    advance(origin.store, 101, 0)
    answer = await asked
    assert answer.status == 200
    assert await answer.read() == part_bytes(101, 0)


async def test_not_a_byte_is_sent_before_the_hinted_part_is_there(origin: Origin) -> None:
    """RFC 8216bis 6.2.6, seen on the wire."""
    port = origin.client.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {HINTED} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    first = asyncio.create_task(reader.read(1))
    await origin.parked(1)
    for _ in range(20):
        await asyncio.sleep(0)
    assert not first.done()
    advance(origin.store, 101, 0)
    assert await first == b"H"
    assert (await reader.read()).endswith(part_bytes(101, 0))
    writer.close()


async def test_a_hinted_part_whose_place_is_taken_is_404(origin: Origin) -> None:
    asked = asyncio.create_task(origin.client.get(HINTED))
    await origin.parked(1)
    # An encoder that was started again: its parts have another run in their names.
    origin.store.publish(DEMO, V720, playlist_at(101, 0, hint=PartName(101, RUN + 1, 1)))
    assert (await asked).status == 404


async def test_a_hinted_part_of_a_closed_channel_is_404(origin: Origin) -> None:
    asked = asyncio.create_task(origin.client.get(HINTED))
    await origin.parked(1)
    origin.store.close(DEMO)
    assert (await asked).status == 404


async def test_a_hinted_part_that_does_not_come_is_503(opening: Opening) -> None:
    origin = await opening(patience=0.01)
    fill(origin.store, msn=100)
    answer = await origin.client.get(HINTED)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "1"


async def test_one_range_is_served_with_206(origin: Origin) -> None:
    whole = segment_bytes(99)
    answer = await origin.client.get(SEGMENT, headers={"Range": "bytes=10-19"})
    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert answer.headers["Content-Length"] == "10"
    assert await answer.read() == whole[10:20]


async def test_a_range_beyond_the_end_is_416(origin: Origin) -> None:
    answer = await origin.client.get(SEGMENT, headers={"Range": "bytes=99999999-"})
    assert answer.status == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(segment_bytes(99))}"
    assert await answer.read() == b""


async def test_many_ranges_are_answered_with_the_whole(origin: Origin) -> None:
    """T-18: a request for thousands of ranges costs what a plain one does."""
    many = "bytes=" + ",".join(f"{first}-" for first in range(1000))
    answer = await origin.client.get(SEGMENT, headers={"Range": many})
    assert answer.status == 200
    assert await answer.read() == segment_bytes(99)


async def test_a_range_of_another_version_is_answered_with_the_whole(origin: Origin) -> None:
    same = await origin.client.get(SEGMENT, headers={"Range": "bytes=0-0", "If-Range": f'"99-{RUN}.m4s"'})
    other = await origin.client.get(SEGMENT, headers={"Range": "bytes=0-0", "If-Range": '"98-7.m4s"'})
    assert [same.status, other.status] == [206, 200]


async def test_a_known_tag_is_answered_with_304(origin: Origin) -> None:
    answer = await origin.client.get(SEGMENT, headers={"If-None-Match": f'"x", W/"99-{RUN}.m4s"'})
    assert answer.status == 304
    assert await answer.read() == b""


async def test_head_says_the_length_without_the_body(origin: Origin) -> None:
    answer = await origin.client.head(SEGMENT)
    assert answer.status == 200
    assert int(answer.headers["Content-Length"]) == len(segment_bytes(99))
    assert await answer.read() == b""


async def test_media_outlives_its_playlist(opening: Opening) -> None:
    store = MemoryStore()
    origin = await opening(store)
    fill(store, msn=100)
    store.close(DEMO)
    answer = await origin.client.get(SEGMENT)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "max-age=12"


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_captions_are_text_and_small_for_who_takes_gzip(origin: Origin, encoding: str) -> None:
    body = b"WEBVTT\n\n" * 40
    origin.store.put(key_of(SegmentName(99, RUN), rendition="captions"), body)
    asked = {"Accept-Encoding": encoding}
    answer = await origin.client.get(f"/live/demo/captions/99-{RUN}.vtt", headers=asked)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/vtt")
    assert answer.headers["Cache-Control"] == "max-age=12"
    assert answer.headers.get("Content-Encoding", "identity") == encoding
    assert await answer.read() == body
    known = {**asked, "If-None-Match": answer.headers["ETag"]}
    again = await origin.client.get(f"/live/demo/captions/99-{RUN}.vtt", headers=known)
    assert (again.status, again.headers.get("Content-Encoding")) == (304, None)
