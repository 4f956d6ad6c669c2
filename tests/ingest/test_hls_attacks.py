"""The HLS client against a hostile server, with listeners beside it that nobody may reach."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from flow.errors import FeedError
from ingest.hls.fetch import HlsFetch
from ingest.hls.listing import listing
from ingest.hls.pull import HlsPull
from ingest.reach.reach import Reach
from tests.ingest.hls.test_pull import Shop
from tests.ingest.hls_bodies import END, playlist, read_all, ts, words
from tests.ingest.hostile_urls import hostile_urls
from tests.ingest.serving import serving

SECRET = "canary-of-the-inside"
SIDE = "127.0.0.2"
"""Where the feed's own server stands: not where the canary does."""


class Canary:
    """Listens on 127.0.0.1 and ::1 at one port, counts who comes, and would tell its secret."""

    def __init__(self) -> None:
        self.visits = 0
        self.port = 0

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visits += 1
        body = ts(SECRET)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def _canary() -> AsyncIterator[Canary]:
    canary = Canary()
    async with await asyncio.start_server(canary.visit, "127.0.0.1", 0) as first:
        canary.port = first.sockets[0].getsockname()[1]
        if not socket.has_ipv6:
            yield canary
            return
        async with await asyncio.start_server(canary.visit, "::1", canary.port):
            yield canary


@asynccontextmanager
async def _redirecting() -> AsyncIterator[tuple[int, list[bytes]]]:
    """A raw server, which says what no library would let it: its port, and the Location lines to answer with."""
    locations: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(head % (locations[0] if len(locations) == 1 else locations.pop(0)))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, SIDE, 0) as server:
        yield server.sockets[0].getsockname()[1], locations


async def _anything_is_here(host: str, _port: int) -> list[str]:
    return ["169.254.169.254"] if host.startswith("metadata") else ["127.0.0.1"]


def _reaches(port: int) -> list[Reach]:
    """Nothing allowed; and names and networks that do not mean the canary, at its very port."""
    hosts = ("*.nip.test", "rebound.test", "localhost", "0.0.0.0/0", "[::/0]", "169.254.0.0/16", "127.0.0.2/32")
    return [Reach(), Reach.of(f"{host}:{port}" for host in hosts)]


async def _fetched(client: HlsFetch, text: str, base: str) -> list[str]:
    """A segment, as a playlist names it; and the address itself, as if it had been named somewhere else."""
    got = []
    for way in ("listed", "plain"):
        try:
            url = listing(playlist(text), base).pieces[0].media.url if way == "listed" else text
            got.append((await client.media(url, 1 << 20)).decode("latin-1"))
        except (FeedError, IndexError):
            continue
    return got


async def test_the_canary_sings_when_somebody_comes() -> None:
    """Else the tests below would prove nothing."""
    async with _canary() as canary:
        for host in ("127.0.0.1", "[::1]"):
            url = f"http://{host}:{canary.port}/x"
            async with HlsFetch(url, Reach()) as client:
                assert SECRET in words(await client.media(url, 1 << 20))
        assert canary.visits == 2


async def test_no_hostile_address_in_a_playlist_reaches_this_machine() -> None:
    """T-04, T-07: all spellings, forms and schemes, without and with an allow-list."""
    tried = 0
    async with _canary() as canary:
        base = f"http://{SIDE}:1/x.m3u8"
        for reach in _reaches(canary.port):
            async with HlsFetch(base, reach, _anything_is_here) as client:
                for text in hostile_urls(f"{SIDE}:1", canary.port):
                    assert not [body for body in await _fetched(client, text, base) if SECRET in body], text
                    assert canary.visits == 0, text
                    tried += 1
    assert tried > 1_000


async def test_no_redirect_reaches_this_machine() -> None:
    """T-04, T-07."""
    async with _canary() as canary, _redirecting() as (port, locations):
        url = f"http://{SIDE}:{port}/x.m3u8"
        for reach in _reaches(canary.port):
            async with HlsFetch(url, reach, _anything_is_here) as client:
                for text in hostile_urls(f"{SIDE}:{port}", canary.port):
                    locations[:] = [text.encode("utf-8", "surrogatepass")]
                    with pytest.raises(FeedError):
                        await client.media(url, 1 << 20)
                    assert canary.visits == 0, text


@pytest.mark.parametrize("chain", [
    (b"/a", b"/b", b"http://127.0.0.1:%d/x"), (b"/a", b"//127.0.0.1:%d/x"), (b"?x", b"http://rebound.test:%d/x"),
    (b"/a\r\nLocation: http://127.0.0.1:%d/x",), (b"http://127.0.0.1:%d/x\r\nX: y",),
    (b"\xff\xfe//127.0.0.1:%d/",),
])
async def test_no_chain_of_redirects_reaches_this_machine(chain: tuple[bytes, ...]) -> None:
    """T-04."""
    async with _canary() as canary, _redirecting() as (port, locations):
        locations += [step % canary.port if b"%d" in step else step for step in chain]
        url = f"http://{SIDE}:{port}/x.m3u8"
        async with HlsFetch(url, Reach(), _anything_is_here) as client:
            with pytest.raises(FeedError):
                await client.media(url, 1 << 20)
        assert canary.visits == 0


async def test_a_resolver_that_changes_its_mind_reaches_nobody() -> None:
    """T-04: DNS rebinding, between two connections and between the check and the connection."""
    asked: list[str] = []

    async def lookup(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.2"] if len(asked) % 2 else ["127.0.0.1"]

    async with _canary() as canary:
        served = 0

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal served
            served += 1
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine")
            await writer.drain()
            writer.close()

        async with await asyncio.start_server(answer, SIDE, canary.port):
            reach = Reach.of([f"127.0.0.2/32:{canary.port}", f"cdn.test:{canary.port}"])
            async with HlsFetch("http://feed.test/x.m3u8", reach, lookup) as client:
                for turn in range(10):
                    if turn % 2:
                        with pytest.raises(FeedError, match="loopback"):
                            await client.media(f"http://cdn.test:{canary.port}/x", 100)
                    else:
                        assert await client.media(f"http://cdn.test:{canary.port}/x", 100) == b"fine"
        assert (canary.visits, served, len(asked)) == (0, 5, 10)


def _attacks(file: Path, inside: str) -> dict[str, str]:
    """Children of playlists, by what they try."""
    head = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n"
    places = (
        f"file://{file}", f"{file}", f"concat:{file}|{file}", f"subfile,,start,0,end,64,,:{file}", f"file:{file}",
        f"data:video/mp2t;base64,{SECRET}", f"crypto+file://{file}", f"cache:file://{file}", f"async:file://{file}",
        f"{inside}/secret.ts", f"{inside}/inner.m3u8", f"concat:{inside}/secret.ts|file://{file}", f"tee:{file}",
        f"../../../../../../..{file}", f"/..{file}", f"..%2f..%2f..{file}", "pipe:0", "fd:0", "/dev/stdin",
    )
    attacks = {}
    for at, place in enumerate(places):
        attacks[f"segment{at}"] = f"{head}#EXTINF:1,\n{place}\n{END}"
        attacks[f"map{at}"] = f'{head}#EXT-X-MAP:URI="{place}"\n#EXTINF:1,\nok\n{END}'
        attacks[f"key{at}"] = f'{head}#EXT-X-KEY:METHOD=AES-128,URI="{place}"\n#EXTINF:1,\nok\n{END}'
        attacks[f"variant{at}"] = f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{place}\n"
        sound = f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="x",URI="{place}"\n'
        attacks[f"sound{at}"] = f'#EXTM3U\n{sound}#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nplain\n'
        attacks[f"inside{at}"] = f"{head}#EXTINF:1,\nbody{at}\n{END}"
        attacks[f"body{at}"] = f"{head}#EXTINF:1,\n{place}\n{END}"
    return attacks


def test_no_playlist_brings_a_file_or_another_host_into_the_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """T-07: the constructions of 2016, 2017, 2023 and later, in segments, init sections, keys, variants and sound;
    and playlists that call themselves a segment."""
    monkeypatch.setattr("ingest.hls.follow._PAUSE", 0.0)
    file = tmp_path / "canary"
    file.write_bytes(ts(SECRET))
    inside = Shop({"secret.ts": ts(SECRET), "inner.m3u8": playlist("secret.ts") + END})
    with serving(inside) as there:
        attacks = _attacks(file, there)
        shop = Shop({**attacks, "ok": ts("ok"), "plain": playlist("ok") + END})
        with serving(shop) as address:
            for name in attacks:
                pull = HlsPull(f"{address}/{name}", 720)
                try:
                    ends = pull.start()
                except FeedError:
                    continue
                assert [end for end in ends if SECRET in words(read_all(end))] == [], name
        assert inside.asked == []
    assert re.search(SECRET, words(file.read_bytes()))


def test_a_child_may_be_the_feeds_own_host_even_when_the_inside_answers_at_other_ports() -> None:
    """T-04: the control for the test above: the same playlist comes through when it stays at home."""
    with serving(Shop({"x.m3u8": playlist("ok") + END, "ok": ts("ok")})) as address:
        ends = HlsPull(f"{address}/x.m3u8", 720).start()
        assert words(read_all(ends[0])) == "ok"
