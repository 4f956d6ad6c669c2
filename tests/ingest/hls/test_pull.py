import asyncio
import os
from collections.abc import Mapping

import pytest
from aiohttp import web

from flow.errors import FeedError
from ingest.carrier import Carrier
from ingest.hls.pull import HlsPull
from ingest.reach.reach import Reach
from tests.ingest.hls_bodies import END, mp4, playlist, read_all, ts, words
from tests.ingest.serving import serving
from tests.ingest.spawning import until

Body = str | bytes


class Shop:
    """Serves bodies by path; a list of bodies is served one after the other, the last one again and again."""

    def __init__(self, bodies: Mapping[str, Body | list[Body]]) -> None:
        self._bodies = {path: list(body) if isinstance(body, list) else [body] for path, body in bodies.items()}
        self.asked: list[str] = []

    async def __call__(self, request: web.Request) -> web.Response:
        path = request.path.lstrip("/")
        self.asked.append(path)
        bodies = self._bodies.get(path)
        if bodies is None:
            raise web.HTTPNotFound
        body = bodies.pop(0) if len(bodies) > 1 else bodies[0]
        return web.Response(text=body) if isinstance(body, str) else web.Response(body=body)


def _pull(address: str, reach: Reach | None = None) -> tuple[HlsPull, list[int]]:
    pull = HlsPull(f"{address}/x.m3u8", 720, reach=reach)
    return pull, pull.start()


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def test_segments_come_in_order_and_the_end_closes_the_pipe() -> None:
    shop = Shop({"x.m3u8": playlist(*"abcd") + END, **{name: ts(name) for name in "abcd"}})
    with serving(shop) as address:
        pull, ends = _pull(address)
        assert [words(read_all(end)) for end in ends] == ["abcd"]
        carrier: Carrier = pull
        assert (carrier.trouble, carrier.carried.bytes, carrier.carried.lost) == ("", 4 * 188, 0)


def test_new_segments_of_a_live_playlist_follow_without_repeating_any() -> None:
    readings: list[Body] = [playlist("a", "b"), playlist("b", "c", first=1), playlist("c", "d", first=2) + END]
    with serving(Shop({"x.m3u8": readings, **{name: ts(name) for name in "abcd"}})) as address:
        _, ends = _pull(address)
        assert words(read_all(ends[0])) == "abcd"


def test_picture_and_sound_that_come_apart_have_a_pipe_each_and_their_init_sections() -> None:
    media = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="a.m3u8"\n'
    master = f'#EXTM3U\n{media}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n'
    shop = Shop({
        "x.m3u8": master, "v.m3u8": playlist("v0", "v1", init="vi") + END,
        "a.m3u8": playlist("a0", init="ai") + END, "vi": mp4("[V]"), "v0": mp4("p"), "v1": mp4("q"),
        "ai": mp4("[A]"), "a0": mp4("s"),
    })
    with serving(shop) as address:
        pull, ends = _pull(address)
        assert [words(read_all(end)) for end in ends] == ["[V]pq", "[A]s"]
        assert pull.carried.bytes > 0


def sounds_apart(*names: str) -> str:
    """A list of variants with a picture, and sounds of these names, the first of which is the default one."""
    media = "".join(
        f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="{name}",LANGUAGE="{name}",'
        f'DEFAULT={"NO" if at else "YES"},URI="{name}.m3u8"\n'
        for at, name in enumerate(names)
    )
    return f'#EXTM3U\n{media}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n'


def test_each_wanted_sound_that_comes_apart_has_a_pipe_and_says_its_number_and_language() -> None:
    shop = Shop({
        "x.m3u8": sounds_apart("vi", "en", "tyz"), "v.m3u8": playlist("v0") + END, "v0": ts("p"),
        "en.m3u8": playlist("e0") + END, "e0": ts("e"), "vi.m3u8": playlist("i0") + END, "i0": ts("i"),
    })
    with serving(shop) as address:
        pull = HlsPull(f"{address}/x.m3u8", 720, sounds=(2, 1))
        assert [words(read_all(end)) for end in pull.start()] == ["p", "e", "i"]
        assert dict(pull.apart) == {2: "en", 1: "vi"}
    assert "tyz.m3u8" not in shop.asked


def test_a_sound_beside_the_first_that_cannot_be_had_costs_nothing_else() -> None:
    """F-13, in one track of several: a decoder would wait for it with everything."""
    shop = Shop({
        "x.m3u8": sounds_apart("vi", "en", "tyz"), "v.m3u8": playlist("v0") + END, "v0": ts("p"),
        "vi.m3u8": playlist("i0") + END, "i0": ts("i"), "en.m3u8": playlist("gone") + END,
    })
    with serving(shop) as address:
        pull = HlsPull(f"{address}/x.m3u8", 720, sounds=(1, 2, 3))
        assert [words(read_all(end)) for end in pull.start()] == ["p", "i"]
        assert (dict(pull.apart), pull.trouble) == ({1: "vi"}, "")


def test_a_sound_that_stays_away_later_ends_its_pipe_and_the_picture_goes_on() -> None:
    """F-13: nothing new comes of the second sound; the others go on for longer than it is waited for."""
    readings: list[Body] = [playlist(f"v{at}", first=at) for at in range(9)]
    shop = Shop({
        "x.m3u8": sounds_apart("vi", "en"), "v.m3u8": [*readings, playlist("v9", first=9) + END],
        **{f"v{at}": ts("p") for at in range(10)}, "vi.m3u8": playlist("i0") + END, "i0": ts("i"),
        "en.m3u8": playlist("e0"), "e0": ts("e"),
    })
    with serving(shop) as address:
        pull = HlsPull(f"{address}/x.m3u8", 720, sounds=(1, 2))
        picture, first, second = pull.start()
        assert [words(read_all(end)) for end in (second, first)] == ["e", "i"]
        assert pull.trouble == ""
        pull.stop()
        read_all(picture)


def test_picture_and_sound_that_come_apart_begin_at_the_same_moment() -> None:
    """The numbers of the two differ; the wall clock does not."""
    media = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="a.m3u8"\n'
    master = f'#EXTM3U\n{media}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n'
    time = "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T05:00:0"
    pictures: list[Body] = [
        playlist(time + "0Z", "v0", "v1", "v2", "v3", first=70), playlist("v3", first=73) + END,
    ]
    sounds: list[Body] = [
        playlist(time + "0Z", "a0", "a1", "a2", "a3", "a4", first=5), playlist("a4", first=9) + END,
    ]
    shop = Shop({
        "x.m3u8": master, "v.m3u8": pictures, "a.m3u8": sounds, **{f"v{at}": ts(f"v{at}") for at in range(4)},
        **{f"a{at}": ts(f"a{at}") for at in range(5)},
    })
    with serving(shop) as address:
        _, ends = _pull(address)
        assert [words(read_all(end)) for end in ends] == ["v1v2v3", "a1a2a3a4"]


@pytest.mark.parametrize(("bodies", "why"), [
    ({}, "answers 404"), ({"x.m3u8": "<html>"}, "does not answer with an HLS playlist"),
    ({"x.m3u8": playlist("file:///etc/passwd")}, "not http or https"),
    ({"x.m3u8": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:1,\na\n'}, "encrypted"),
])
def test_a_playlist_that_cannot_be_had_is_said_at_once(bodies: dict[str, Body | list[Body]], why: str) -> None:
    """T-07 for the third: nothing is opened."""
    with serving(Shop(bodies)) as address, pytest.raises(FeedError, match=why):
        _pull(address)


def test_any_port_of_loopback_may_be_named_by_the_operator() -> None:
    shop = Shop({"x.m3u8": playlist("a") + END, "a": ts("a")})
    with serving(shop) as address:
        _, ends = _pull(address, Reach.of(own=[("0.0.0.0", _port(address) ^ 1), ("127.0.0.1", 8090)]))
        assert words(read_all(ends[0])) == "a"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.3", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "localhost"])
def test_but_not_a_listener_of_our_own(host: str) -> None:
    """T-04."""
    shop = Shop({"x.m3u8": playlist("a") + END, "a": ts("a")})
    with serving(shop) as address:
        port = _port(address)
        pull = HlsPull(f"http://{host}:{port}/x.m3u8", 720, reach=Reach.of(own=[("127.0.0.1", port)]))
        with pytest.raises(FeedError, match="the feed leads to a listener of xacast itself"):
            pull.start()
        assert pull.trouble == "the feed leads to a listener of xacast itself"
        assert shop.asked == []


def test_a_child_playlist_on_another_host_needs_the_allow_list() -> None:
    """T-04, T-07."""
    inside = Shop({"v.m3u8": playlist("a") + END, "a": ts("a")})
    with serving(inside) as there:
        master = f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{there}/v.m3u8\n"
        with serving(Shop({"x.m3u8": master})) as address:
            with pytest.raises(FeedError, match="not on its allow-list"):
                _pull(address)
            assert inside.asked == []
            _, ends = _pull(address, Reach.of([f"127.0.0.1:{_port(there)}"]))
            assert words(read_all(ends[0])) == "a"


def test_a_break_in_mp4_ends_the_pull_with_its_reason() -> None:
    """F-05."""
    text = playlist("a", "#EXT-X-DISCONTINUITY", "b", init="i")
    with serving(Shop({"x.m3u8": text, "i": mp4("I"), "a": mp4("a"), "b": mp4("b")})) as address:
        pull, ends = _pull(address)
        assert words(read_all(ends[0])) == "Ia"
        pull._thread.join(10)
        assert pull.trouble == "the HLS feed began anew behind a break; it is opened again"


def test_trouble_is_said_while_it_lasts() -> None:
    """F-04."""
    with serving(Shop({"x.m3u8": playlist("a", "late"), "a": ts("a")})) as address:
        pull, ends = _pull(address)
        until(lambda: pull.trouble == "the HLS server answers 404")
        pull.stop()
        assert words(read_all(ends[0])) == "a"


def test_stopping_ends_the_thread_even_while_nobody_reads() -> None:
    with serving(Shop({"x.m3u8": playlist("a") + END, "a": ts("a") * 20_000})) as address:
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
