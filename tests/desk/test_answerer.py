"""What is no HTTP, and what is said of it."""

import asyncio
import logging

import pytest
from aiohttp import web

from desk.doorway import Doorway
from desk.gate import Gate
from desk.listener import Listener

SECRET = b"eyJhbGciOi"


@pytest.mark.parametrize("gate", [None, Gate(5)])
@pytest.mark.parametrize("words", [
    b"GET /s/" + SECRET + b"/live HTTP/9.1\r\n\r\n",
    b"G\x01T /s/" + SECRET + b" HTTP/1.1\r\n\r\n",
    b"GET /s/" + SECRET + b"/" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nCookie: xacast_site=" + SECRET + b"a" * 9000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
])
async def test_it_is_neither_repeated_nor_written_down(
    words: bytes, gate: Gate | None, caplog: pytest.LogCaptureFixture,
) -> None:
    """T-15, T-26: with a bare status, and nothing of what was sent, nor of the program."""
    caplog.set_level(logging.INFO)
    runner = web.AppRunner(web.Application(middlewares=[gate.middleware()] if gate else []))
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0), gate=gate).start()
    reader, writer = await asyncio.open_connection("127.0.0.1", runner.addresses[0][1])
    writer.write(words)
    answer = await reader.read()
    writer.close()
    await runner.cleanup()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.0 400", b"HTTP/1.1 400"))
    assert body == b""
    assert SECRET not in answer
    assert b"aiohttp" not in answer
    assert b"Python" not in answer
    assert not caplog.records
