"""What is read in two ways is not read at all."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from desk.doorway import Doorway
from desk.listener import Listener
from desk.one_meaning import last_of_its_connection, one_meaning

PLAIN = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
ASKING = "Host: a\r\nContent-Length: 1\r\nExpect: 100-continue"


async def _fine(request: web.Request) -> web.Response:
    return web.Response(text=await request.text())


@asynccontextmanager
async def listening() -> AsyncIterator[int]:
    app = web.Application(middlewares=[one_meaning])
    app.router.add_route("*", "/{path:.*}", _fine)
    app.on_response_prepare.append(last_of_its_connection)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0)).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def heard(words: str) -> list[bytes]:
    """The heads of the answers to these words and to a plain question after them, until the end."""
    last = "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    async with listening() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write((words + last).encode())
        answers = await reader.read()
        writer.close()
    return re.findall(rb"HTTP/1\.[01] \d+ .*?\r\n\r\n", answers, re.DOTALL)


@pytest.mark.parametrize(("words", "status"), [
    ("GET http://elsewhere.vn/a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a HTTP/1.1\r\n\r\n", 400),
    ("GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", 400),
    ("GET /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n", 501),
    ("POST /a HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
])
async def test_it_is_refused_and_the_connection_ends(words: str, status: int) -> None:
    """T-20."""
    answers = await heard(words)
    assert len(answers) == 1
    assert f" {status} ".encode() in answers[0]


@pytest.mark.parametrize("words", [
    f"POST /a HTTP/1.1\r\n{ASKING}\r\n\r\na",
    "GET /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
    "GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    "GET /a HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n",
])
async def test_after_an_offer_that_was_not_taken_up_nothing_more_is_read(words: str) -> None:
    """T-20: who was refused may send the body all the same, or not."""
    answers = [line for line in await heard(words) if b" 100 Continue" not in line]
    assert len(answers) == 1
    assert b"\r\nConnection: close\r\n" in answers[0]


@pytest.mark.parametrize("words", [
    PLAIN, PLAIN.replace("GET", "DELETE"), "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na",
    "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
])
async def test_what_everybody_reads_alike_is_answered_and_so_is_what_follows(words: str) -> None:
    """T-20."""
    assert len(await heard(words)) == 2
