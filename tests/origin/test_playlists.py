"""Playlists over HTTP: blocking reload, delta, compression, validators."""

import asyncio
import gzip
from dataclasses import replace

import pytest

from flow.names import SegmentName
from flow.playlist import Body
from flow.thumbnail import THUMBNAILS
from origin.memory_store import MemoryStore
from tests.origin.builders import DEMO, RUN, V720, advance, fill, key_of, playlist_at
from tests.origin.serving import PLAYLIST, Opening, Origin


@pytest.fixture
async def origin(opening: Opening) -> Origin:
    found = await opening()
    fill(found.store, msn=100)
    return found


async def test_the_multivariant_playlist_is_served(origin: Origin) -> None:
    answer = await origin.client.get("/live/demo/index.m3u8")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert answer.headers["Cache-Control"] == "max-age=1"
    assert (await answer.text()).startswith("#EXTM3U")


@pytest.mark.parametrize("name", ["ts", "audio"])
async def test_old_boxes_and_listeners_have_multivariant_playlists_of_their_own(origin: Origin, name: str) -> None:
    assert (await origin.client.get(f"/live/demo/{name}.m3u8")).status == 404
    origin.store.publish_multivariant(DEMO, Body.of(f"#EXTM3U\n# for {name}\n"), name)
    answer = await origin.client.get(f"/live/demo/{name}.m3u8")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "max-age=1")
    assert answer.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert await answer.text() == f"#EXTM3U\n# for {name}\n"


async def test_a_plain_request_gets_the_playlist_as_it_is(origin: Origin) -> None:
    answer = await origin.client.get(PLAYLIST)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "max-age=1"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"] == "Age, Date, Content-Length"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Date" in answer.headers
    assert "Server" not in answer.headers
    assert await answer.read() == playlist_at(100, 2).full.plain


async def test_a_request_for_the_next_part_is_held_until_it_is_there(origin: Origin) -> None:
    asked = asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101&_HLS_part=0"))
    await origin.parked(1)
    playlist = advance(origin.store, 101, 0)
    answer = await asked
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "max-age=12"
    assert await answer.read() == playlist.full.plain


async def test_a_part_beyond_the_segments_last_waits_for_the_next_segment(origin: Origin) -> None:
    advance(origin.store, 101, 1)
    asked = asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101&_HLS_part=3"))
    await origin.parked(1)
    advance(origin.store, 101, 2)
    await asyncio.sleep(0)
    assert not asked.done()
    playlist = advance(origin.store, 102, 0)
    assert await (await asked).read() == playlist.full.plain


async def test_a_request_for_a_segment_waits_until_it_is_whole(origin: Origin) -> None:
    asked = asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101"))
    await origin.parked(1)
    advance(origin.store, 101, 0)
    advance(origin.store, 101, 1)
    playlist = advance(origin.store, 101, 2)
    assert await (await asked).read() == playlist.full.plain


@pytest.mark.parametrize("query", [
    "_HLS_msn=3", "_HLS_msn=100", "_HLS_msn=100&_HLS_part=1", "_HLS_msn=0&_HLS_part=9",
])
async def test_what_is_past_is_answered_at_once(origin: Origin, query: str) -> None:
    answer = await origin.client.get(f"{PLAYLIST}?{query}")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "max-age=12"


@pytest.mark.parametrize("query", ["_HLS_msn=103", "_HLS_part=0", "_HLS_msn=x", "_HLS_msn=101&_HLS_part=5"])
async def test_what_is_wrong_or_too_far_ahead_is_refused_at_once(origin: Origin, query: str) -> None:
    answer = await origin.client.get(f"{PLAYLIST}?{query}")
    assert answer.status == 400
    assert await answer.read() == b""


async def test_a_delta_is_given_to_who_asks_for_it(origin: Origin) -> None:
    for skip in ("YES", "v2"):
        answer = await origin.client.get(f"{PLAYLIST}?_HLS_msn=100&_HLS_part=2&_HLS_skip={skip}")
        assert b"delta" in await answer.read()
    for skip in ("NO", "", "yes"):
        answer = await origin.client.get(f"{PLAYLIST}?_HLS_skip={skip}")
        assert b"full" in await answer.read()


async def test_who_asks_for_it_gets_a_delta_without_old_dates(origin: Origin) -> None:
    """RFC 8216bis 6.2.5.1."""
    origin.store.publish(DEMO, V720, replace(playlist_at(101, 0), delta_v2=Body.of("short\n")))
    answers = [await origin.client.get(f"{PLAYLIST}?_HLS_skip={skip}") for skip in ("v2", "YES")]
    assert await answers[0].read() == b"short\n"
    assert b"delta" in await answers[1].read()


async def test_without_a_delta_the_whole_playlist_is_given(origin: Origin) -> None:
    origin.store.publish(DEMO, V720, playlist_at(101, 0, delta=False))
    answer = await origin.client.get(f"{PLAYLIST}?_HLS_skip=YES")
    assert b"full" in await answer.read()


async def test_an_ended_playlist_ignores_every_directive(origin: Origin) -> None:
    origin.store.publish(DEMO, V720, playlist_at(100, 2, ended=True))
    for query in ("_HLS_msn=999", "_HLS_part=1", "_HLS_msn=rubbish", "_HLS_skip=YES"):
        answer = await origin.client.get(f"{PLAYLIST}?{query}")
        assert answer.status == 200
        assert b"full" in await answer.read()


async def test_patience_ends_with_503_after_three_target_durations(opening: Opening) -> None:
    origin = await opening(patience=0.01)
    fill(origin.store, msn=100, target_duration=2)
    answer = await origin.client.get(f"{PLAYLIST}?_HLS_msn=101")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "1"
    assert origin.viewers.waiting == 0


async def test_beyond_the_limit_of_waiting_requests_the_answer_is_503(opening: Opening) -> None:
    """T-17: the number of parked requests is bounded; requests that need not wait go on."""
    origin = await opening(waiting_limit=2)
    fill(origin.store, msn=100)
    parked = [asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101")) for _ in range(2)]
    await origin.parked(2)
    refused = await origin.client.get(f"{PLAYLIST}?_HLS_msn=101")
    assert refused.status == 503
    assert (await origin.client.get(PLAYLIST)).status == 200
    advance(origin.store, 101, 2)
    assert [answer.status for answer in await asyncio.gather(*parked)] == [200, 200]


async def test_a_viewer_who_hangs_up_waits_no_longer(origin: Origin) -> None:
    asked = asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101"))
    await origin.parked(1)
    asked.cancel()
    await origin.parked(0)


async def test_without_cancellation_a_lost_viewer_waits_for_the_next_playlist_only(opening: Opening) -> None:
    origin = await opening(cancellation=False)
    fill(origin.store, msn=100)
    asked = asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101&_HLS_part=0"))
    await origin.parked(1)
    asked.cancel()
    advance(origin.store, 101, 0)
    await origin.parked(0)
    assert (await origin.client.get(PLAYLIST)).status == 200


async def test_closing_the_channel_answers_who_waits_with_404(origin: Origin) -> None:
    asked = asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101"))
    await origin.parked(1)
    origin.store.close(DEMO)
    assert (await asked).status == 404


async def test_gzip_goes_to_who_takes_it_with_a_tag_of_its_own(origin: Origin) -> None:
    plain = await origin.client.get(PLAYLIST, headers={"Accept-Encoding": "identity"})
    packed = await origin.client.get(PLAYLIST, headers={"Accept-Encoding": "gzip"}, auto_decompress=False)
    content = await packed.read()
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(content) == await plain.read()
    assert int(packed.headers["Content-Length"]) == len(content)
    assert plain.headers["ETag"] != packed.headers["ETag"]


@pytest.mark.parametrize("coding", ["identity", "gzip"])
async def test_a_known_tag_is_answered_with_304(origin: Origin, coding: str) -> None:
    first = await origin.client.get(PLAYLIST, headers={"Accept-Encoding": coding})
    etag = first.headers["ETag"]
    again = await origin.client.get(PLAYLIST, headers={"Accept-Encoding": coding, "If-None-Match": etag})
    assert again.status == 304
    assert again.headers["ETag"] == etag
    assert again.headers["Vary"] == "Accept-Encoding"
    assert await again.read() == b""
    advance(origin.store, 101, 0)
    changed = await origin.client.get(PLAYLIST, headers={"Accept-Encoding": coding, "If-None-Match": etag})
    assert changed.status == 200


async def test_a_blocking_request_is_never_answered_with_304(origin: Origin) -> None:
    etag = (await origin.client.get(PLAYLIST)).headers["ETag"]
    answer = await origin.client.get(f"{PLAYLIST}?_HLS_msn=100", headers={"If-None-Match": etag})
    assert answer.status == 200


async def test_head_says_what_get_would_without_the_body(origin: Origin) -> None:
    head = await origin.client.head(PLAYLIST, headers={"Accept-Encoding": "identity"})
    assert head.status == 200
    assert int(head.headers["Content-Length"]) == len(playlist_at(100, 2).full.plain)
    assert await head.read() == b""


async def test_unknown_playlists_are_404_before_anything_else(origin: Origin) -> None:
    for path in ("/live/none/index.m3u8", "/live/none/v720/index.m3u8", "/live/demo/none/index.m3u8"):
        answer = await origin.client.get(f"{path}?_HLS_part=nonsense&_HLS_msn=999")
        assert answer.status == 404
        assert answer.headers["Cache-Control"] == "max-age=1"
    assert origin.viewers.waiting == 0


async def test_where_no_parts_are_listed_the_whole_segment_is_waited_for(opening: Opening) -> None:
    store = MemoryStore()
    origin = await opening(store)
    store.publish_multivariant(DEMO, Body.of("#EXTM3U\n"))
    store.publish(DEMO, V720, playlist_at(100, 2, part_limit=0, target_duration=4))
    asked = asyncio.create_task(origin.client.get(f"{PLAYLIST}?_HLS_msn=101&_HLS_part=9"))
    await origin.parked(1)
    playlist = playlist_at(101, 2, part_limit=0, target_duration=4)
    store.publish(DEMO, V720, playlist)
    answer = await asked
    assert await answer.read() == playlist.full.plain
    assert answer.headers["Cache-Control"] == "max-age=24"


async def test_thumbnails_are_listed_as_sprites_too(opening: Opening) -> None:
    origin = await opening()
    fill(origin.store)
    sprites = replace(playlist_at(100, 2), sprites=Body.of("WEBVTT\n"))
    origin.store.publish(DEMO, THUMBNAILS, sprites)
    answer = await origin.client.get("/live/demo/thumbnails/index.vtt")
    assert (answer.status, await answer.text()) == (200, "WEBVTT\n")
    assert answer.headers["Content-Type"] == "text/vtt"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert (await origin.client.get("/live/demo/thumbnails/index.vtt", headers=known)).status == 304
    for other in ("v720", "nobody", "captions"):
        assert (await origin.client.get(f"/live/demo/{other}/index.vtt")).status == 404


async def test_a_thumbnail_is_sent_as_nothing_but_a_picture(opening: Opening) -> None:
    """T-31."""
    origin = await opening()
    fill(origin.store)
    origin.store.put(key_of(SegmentName(99, RUN), rendition=THUMBNAILS), b"a picture")
    answer = await origin.client.get(f"/live/demo/thumbnails/99-{RUN}.jpg")
    assert (answer.status, await answer.read()) == (200, b"a picture")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
