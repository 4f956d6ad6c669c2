import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientTimeout, web
from aiohttp.test_utils import TestServer

from flow.errors import FeedError
from ingest import hls_fetch
from ingest.hls_fetch import fetch, new_session


async def _answer(request: web.Request) -> web.StreamResponse:
    match request.match_info["path"]:
        case "redirect":
            left = int(request.query["left"])
            raise web.HTTPFound(f"/redirect?left={left - 1}" if left else "/ok")
        case "to-a-file":
            raise web.HTTPFound("file:///etc/passwd")
        case "endless":
            answer = web.StreamResponse()
            await answer.prepare(request)
            while True:
                await answer.write(bytes(1 << 16))
        case "silent":
            await asyncio.sleep(60)
        case "cookie":
            answer = web.Response(text=request.headers.get("Cookie", "none"))
            answer.set_cookie("who", "you")
            return answer
        case "ok":
            return web.Response(text="fine")
    raise web.HTTPNotFound


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    app = web.Application()
    app.router.add_get("/{path}", _answer)
    async with TestServer(app) as running:
        yield running


async def _get(server: TestServer, path: str, limit: int = 1_000) -> tuple[bytes, str]:
    async with new_session() as session:
        return await fetch(session, str(server.make_url(path)), limit)


async def test_a_body_comes_with_the_address_it_came_from_in_the_end(server: TestServer) -> None:
    assert await _get(server, "/ok") == (b"fine", str(server.make_url("/ok")))
    assert await _get(server, "/redirect?left=1") == (b"fine", str(server.make_url("/ok")))


async def test_more_than_three_redirects_are_too_many(server: TestServer) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="redirects too often"):
        await _get(server, "/redirect?left=4")


async def test_a_redirect_cannot_lead_to_a_file(server: TestServer) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="cannot be reached"):
        await _get(server, "/to-a-file")


async def test_more_bytes_than_the_limit_are_not_read(server: TestServer) -> None:
    """T-07."""
    with pytest.raises(FeedError, match="more than the limit"):
        await _get(server, "/endless", 1 << 20)


async def test_an_error_answer_is_said_with_its_number(server: TestServer) -> None:
    with pytest.raises(FeedError, match="answers 404"):
        await _get(server, "/missing")


async def test_a_silent_server_is_given_up(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04."""
    monkeypatch.setattr(hls_fetch, "_TIMES", ClientTimeout(total=0.1))
    with pytest.raises(FeedError, match="does not answer in time"):
        await _get(server, "/silent")


async def test_nobody_at_the_address_is_said(server: TestServer) -> None:
    url = str(server.make_url("/ok"))
    await server.close()
    async with new_session() as session:
        with pytest.raises(FeedError, match="cannot be reached"):
            await fetch(session, url, 10)


async def test_no_cookie_is_kept(server: TestServer) -> None:
    async with new_session() as session:
        for _ in range(2):
            body, _ = await fetch(session, str(server.make_url("/cookie")), 100)
            assert body == b"none"
