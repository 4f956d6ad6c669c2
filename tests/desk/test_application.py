"""What stands before operators' and machines' routes."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiohttp import web

from desk import json_request
from desk.application import application
from desk.control_api import errors_as_json
from desk.doorway import Doorway
from desk.json_request import json_of
from desk.listener import Listener

HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"


async def _echo(request: web.Request) -> web.Response:
    return web.json_response(await json_of(request))


async def _slow(_request: web.Request) -> web.Response:
    await asyncio.sleep(0.4)
    return web.Response(text="done")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    app = application(1_024, [errors_as_json], [web.post("/", _echo), web.get("/slow", _slow)])
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0), patience=0.2).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


@pytest.mark.parametrize("before", [b"", HEAD + b"{}"])
@pytest.mark.parametrize("words", [b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n"])
async def test_a_question_that_does_not_end_is_not_waited_for(port: int, before: bytes, words: bytes) -> None:
    """T-18: the first of a connection, and one after it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(before)
    if before:
        await reader.readuntil(b"{}")
    began = time.monotonic()
    writer.write(words)
    with suppress(ConnectionError):
        await asyncio.wait_for(reader.read(), 20)
    assert time.monotonic() - began >= 0.1
    writer.close()


async def test_an_answer_may_take_longer_than_a_question(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(2):
        writer.write(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"200 OK" in await reader.readline()
        assert await reader.readuntil(b"done")
    writer.close()


async def test_a_body_that_does_not_come_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-18."""
    monkeypatch.setattr(json_request, "PATIENCE", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + b"{")
    assert b"408" in await reader.readline()
    writer.close()
