import asyncio
import gzip
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from shutil import which

import pytest
from aiohttp import ClientTimeout, web
from aiohttp.test_utils import TestServer

from flow.errors import FeedError
from ingest.hls import fetch as hls_fetch
from ingest.hls.fetch import HlsFetch
from ingest.hls.listing import Span
from ingest.reach.reach import Reach

FILE = bytes(range(256)) * 4


async def _redirect(request: web.Request) -> web.StreamResponse:
    left = int(request.query["left"])
    raise web.HTTPFound(f"/redirect?left={left - 1}" if left else "/ok")


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(bytes(1 << 16))


async def _silent(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    raise AssertionError


async def _drip(request: web.Request) -> web.StreamResponse:
    """A byte now and then: no reading times out, and it would last for hours."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b"\x47")
        await asyncio.sleep(0.01)


async def _cookie(request: web.Request) -> web.StreamResponse:
    answer = web.Response(text=request.headers.get("Cookie", "none"))
    answer.set_cookie("who", "you")
    return answer


async def _who(request: web.Request) -> web.StreamResponse:
    return web.Response(text=request.headers.get("Authorization", "nobody"))


async def _range(request: web.Request) -> web.StreamResponse:
    match request.query.get("how"):
        case "all":
            return web.Response(body=FILE)
        case "other":
            return web.Response(status=206, body=FILE[:9], headers={"Content-Range": "bytes 0-8/1024"})
        case "short":
            return web.Response(status=206, body=FILE[10:14], headers={"Content-Range": "bytes 10-19/1024"})
        case "untold":
            return web.Response(status=206, body=FILE[10:20])
        case "packed":
            headers = {"Content-Range": "bytes 10-19/1024", "Content-Encoding": "gzip"}
            return web.Response(status=206, body=gzip.compress(FILE[10:20]), headers=headers)
    asked = request.http_range
    headers = {"Content-Range": f"bytes {asked.start}-{asked.stop - 1}/{len(FILE)}"}
    return web.Response(status=206, body=FILE[asked.start : asked.stop], headers=headers)


async def _packed(request: web.Request) -> web.StreamResponse:
    coding = request.query.get("coding", "gzip")
    data = gzip.compress(bytes(int(request.query["size"])))
    return web.Response(body=data, headers={"Content-Encoding": coding})


async def _to(request: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": request.query["url"]})


async def _ok(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="fine")


HANDLERS: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
    "redirect": _redirect, "endless": _endless, "silent": _silent, "drip": _drip, "cookie": _cookie, "who": _who,
    "range": _range, "packed": _packed, "to": _to, "ok": _ok,
}


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    app = web.Application()
    for path, handler in HANDLERS.items():
        app.router.add_get(f"/{path}", handler)
    async with TestServer(app) as running:
        yield running


async def _get(server: TestServer, path: str, limit: int = 1_000, **more: object) -> bytes:
    url = str(server.make_url(path))
    async with HlsFetch(url, Reach()) as client:
        return await client.media(url, limit, **more)  # type: ignore[arg-type]


async def test_a_playlist_comes_with_the_address_it_came_from_in_the_end(server: TestServer) -> None:
    for path in ("/ok", "/redirect?left=1", "/redirect?left=2"):
        url = str(server.make_url(path))
        async with HlsFetch(url, Reach()) as client:
            assert await client.playlist(url) == ("fine", str(server.make_url("/ok")))


async def test_more_than_three_redirects_are_too_many(server: TestServer) -> None:
    """T-07."""
    assert await _get(server, "/redirect?left=2") == b"fine"
    with pytest.raises(FeedError, match="redirects too often"):
        await _get(server, "/redirect?left=3")


@pytest.mark.parametrize(("to", "why"), [
    ("file:///etc/passwd", "not http or https"), ("", "redirects to nowhere"), ("http://evil.org/x", "allow-list"),
    ("//evil.org/x", "allow-list"), ("http://127.0.0.1:1/x", "allow-list"),
    ("data:text/plain,x", "not http or https"),
])
async def test_a_redirect_leads_only_where_the_feed_may(server: TestServer, to: str, why: str) -> None:
    """T-04, T-07."""
    with pytest.raises(FeedError, match=why):
        await _get(server, "/to?url=" + to)


async def test_more_bytes_than_the_limit_are_not_read(server: TestServer) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="more than the limit"):
        await _get(server, "/endless", 1 << 20)


async def test_packed_answers_are_unpacked_up_to_the_limit(server: TestServer) -> None:
    """T-07."""
    assert await _get(server, "/packed?size=1000") == bytes(1_000)
    with pytest.raises(FeedError, match="more than the limit"):
        await _get(server, "/packed?size=50000000", 1 << 20)
    with pytest.raises(FeedError, match="not supported"):
        await _get(server, "/packed?size=9&coding=br")


async def test_an_error_answer_is_said_with_its_number(server: TestServer) -> None:
    with pytest.raises(FeedError, match="answers 404"):
        await _get(server, "/missing")
    with pytest.raises(FeedError, match="answers 404"):
        await _get(server, "/missing", span=Span(start=0, length=1))


async def test_a_silent_server_is_given_up(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04."""
    monkeypatch.setattr(hls_fetch, "_TIMES", ClientTimeout(total=None, sock_read=0.1))
    with pytest.raises(FeedError, match="does not answer in time"):
        await _get(server, "/silent")


async def test_a_server_that_drips_is_given_up(server: TestServer) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="does not answer in time"):
        await _get(server, "/drip", seconds=0.3)


async def test_nobody_at_the_address_is_said(server: TestServer) -> None:
    url = str(server.make_url("/ok"))
    await server.close()
    async with HlsFetch(url, Reach()) as client:
        with pytest.raises(FeedError, match="cannot be reached"):
            await client.media(url, 10)


async def test_no_cookie_is_kept(server: TestServer) -> None:
    url = str(server.make_url("/cookie"))
    async with HlsFetch(url, Reach()) as client:
        assert [await client.media(url, 100) for _ in range(2)] == [b"none", b"none"]


async def test_a_password_goes_to_the_feeds_own_host_and_shows_nowhere(server: TestServer) -> None:
    """T-04."""
    own = f"http://me:pw@127.0.0.1:{server.port}/who"
    elsewhere = f"http://other.test:{server.port}/who"

    async def lookup(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async with HlsFetch(own, Reach.of([f"127.0.0.0/8:{server.port}"]), lookup) as client:
        body, base = await client.playlist(own)
        assert body.startswith("Basic ")
        assert base == f"http://127.0.0.1:{server.port}/who"
        assert (await client.media(base, 100)).startswith(b"Basic ")
        with pytest.raises(FeedError, match="user name"):
            await client.media(f"http://me:pw@other.test:{server.port}/who", 100)
        assert await client.media(elsewhere, 100) == b"nobody"


async def test_a_byte_range_is_the_one_that_was_asked_for(server: TestServer) -> None:
    assert await _get(server, "/range", span=Span(start=10, length=10)) == FILE[10:20]


@pytest.mark.parametrize("how", ["all", "other", "short", "untold", "packed"])
async def test_any_other_byte_range_is_refused(server: TestServer, how: str) -> None:
    with pytest.raises(FeedError, match="does not give the byte range"):
        await _get(server, f"/range?how={how}", span=Span(start=10, length=10))


def _certificate(folder: Path) -> Path:
    """For localhost, vouched for by nobody."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout c.pem -out c.pem"
    words = [*command.split(), "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(words, check=True, capture_output=True, cwd=folder)
    return folder / "c.pem"


@pytest.mark.skipif(which("openssl") is None, reason="makes a certificate with openssl")
async def test_a_certificate_must_be_for_the_name_also_when_the_address_was_pinned(tmp_path: Path) -> None:
    """T-04: whoever answers at a rebound address has no certificate for the feed's name."""
    made = _certificate(tmp_path)
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(made)
    app = web.Application()
    app.router.add_get("/ok", _ok)

    async def lookup(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server_side)
    await site.start()
    port = runner.addresses[0][1]
    trusting = ssl.create_default_context(cafile=str(made))
    try:
        for name, answer in (("localhost", "fine"), ("ip6-localhost", "")):
            url = f"https://{name}:{port}/ok"
            async with HlsFetch(url, Reach(), lookup) as client:
                with pytest.raises(FeedError, match="certificate is not valid"):
                    await client.media(url, 100)  # nobody vouches for it
                client._session.connector._ssl = trusting  # type: ignore[union-attr]
                if answer:
                    assert await client.media(url, 100) == answer.encode()
                else:
                    with pytest.raises(FeedError, match="certificate is not valid"):
                        await client.media(url, 100)
    finally:
        await runner.cleanup()
