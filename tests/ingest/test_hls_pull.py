import asyncio
import os
from collections.abc import Mapping

import pytest
from aiohttp import web

from flow.errors import FeedError
from ingest.hls_pull import HlsPull
from tests.ingest.serving import serving

END = "#EXT-X-ENDLIST\n"


def _playlist(*names: str, first: int = 0, init: str = "") -> str:
    head = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{first}\n"
    head += f'#EXT-X-MAP:URI="{init}"\n' if init else ""
    return head + "".join(f"#EXTINF:1,\n{name}\n" for name in names)


class Shop:
    """Serves bodies by path; a list of bodies is served one after the other, the last one again and again."""

    def __init__(self, bodies: Mapping[str, str | list[str]]) -> None:
        self._bodies = {path: [body] if isinstance(body, str) else list(body) for path, body in bodies.items()}
        self.asked: list[str] = []

    async def __call__(self, request: web.Request) -> web.Response:
        path = request.path.lstrip("/")
        self.asked.append(path)
        bodies = self._bodies.get(path)
        if bodies is None:
            raise web.HTTPNotFound
        return web.Response(text=bodies.pop(0) if len(bodies) > 1 else bodies[0])


def _all(end: int) -> bytes:
    data = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
    os.close(end)
    return data


def _pull(address: str, path: str = "x.m3u8", height: int = 720) -> tuple[HlsPull, list[int]]:
    pull = HlsPull(f"{address}/{path}", height)
    return pull, pull.start()


def test_segments_come_in_order_and_the_end_closes_the_pipe() -> None:
    shop = Shop({"x.m3u8": _playlist("a", "b", "c", "d") + END, "a": "1", "b": "2", "c": "3", "d": "4"})
    with serving(shop) as address:
        pull, ends = _pull(address)
        assert [_all(end) for end in ends] == [b"1234"]
        assert pull.trouble == ""


def test_new_segments_of_a_live_playlist_follow_without_repeating_any() -> None:
    readings = [_playlist("a", "b"), _playlist("a", "b"), _playlist("b", "c", first=1),
                _playlist("c", "d", first=2) + END]
    with serving(Shop({"x.m3u8": readings, "a": "1", "b": "2", "c": "3", "d": "4"})) as address:
        _, ends = _pull(address)
        assert _all(ends[0]) == b"1234"


def test_picture_and_sound_that_come_apart_have_a_pipe_each_and_their_init_sections() -> None:
    media = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="a.m3u8"\n'
    master = f'#EXTM3U\n{media}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n'
    shop = Shop({
        "x.m3u8": master, "v.m3u8": _playlist("v0", "v1", init="vi") + END,
        "a.m3u8": _playlist("a0", init="ai") + END, "vi": "[V]", "v0": "p", "v1": "q", "ai": "[A]", "a0": "s",
    })
    with serving(shop) as address:
        _, ends = _pull(address)
        assert [_all(end) for end in ends] == [b"[V]pq", b"[A]s"]


@pytest.mark.parametrize(("bodies", "why"), [
    ({}, "answers 404"), ({"x.m3u8": "<html>"}, "does not answer with an HLS playlist"),
    ({"x.m3u8": _playlist("file:///etc/passwd")}, "not http or https"),
])
def test_a_playlist_that_cannot_be_had_is_said_at_once(bodies: dict[str, str], why: str) -> None:
    """T-07 for the third: nothing is opened."""
    with serving(Shop(bodies)) as address, pytest.raises(FeedError, match=why):
        _pull(address)


def test_a_segment_that_stays_missing_ends_the_pull_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.hls_pull._PAUSE", 0.0)
    with serving(Shop({"x.m3u8": _playlist("a", "gone"), "a": "1"})) as address:
        pull, ends = _pull(address)
        assert _all(ends[0]) == b"1"
        pull._thread.join(10)
        assert pull.trouble == "the HLS server answers 404"


def test_a_segment_that_is_late_is_tried_again_without_repeating_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ingest.hls_pull._PAUSE", 0.0)
    shop = Shop({"x.m3u8": _playlist("a", "late") + END, "a": "1"})
    with serving(shop) as address:
        _, ends = _pull(address)
        assert os.read(ends[0], 1) == b"1"
        shop._bodies["late"] = ["2"]
        assert _all(ends[0]) == b"2"
        assert shop.asked.count("a") == 1


def test_stopping_ends_the_thread_even_while_nobody_reads() -> None:
    with serving(Shop({"x.m3u8": _playlist("a") + END, "a": "x" * (3 << 20)})) as address:
        pull, ends = _pull(address)
        pull.stop()
        pull._thread.join(10)
        assert not pull._thread.is_alive()
        os.close(ends[0])


def test_stopping_before_the_playlist_has_come_gives_it_up() -> None:
    async def never(_request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    with serving(never) as address:
        pull = HlsPull(f"{address}/x.m3u8", 720)
        pull.stop()
        with pytest.raises(FeedError, match="in time"):
            pull.start()
