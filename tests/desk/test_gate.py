"""The viewers' door under a crowd and under silence."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace

import pytest
from aiohttp import web

from desk.caller import Patience
from desk.doorway import Doorway
from desk.gate import Gate
from desk.listener import Listener
from tests.desk.test_control_link import until

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
MUCH = 32 << 20  # more than the buffers of any kernel
SHORT = Patience(question_s=0.05, look_s=0.02)


async def say(_request: web.Request) -> web.Response:
    return web.Response(text="here")


async def say_much(_request: web.Request) -> web.Response:
    return web.Response(body=bytes(MUCH))


@asynccontextmanager
async def door(gate: Gate) -> AsyncIterator[tuple[web.AppRunner, int]]:
    """An application behind the gate: its runner and port."""
    app = web.Application(middlewares=[gate.middleware()])
    app.router.add_get("/", say)
    app.router.add_get("/much", say_much)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0), gate=gate, backlog=64).start()
    yield runner, runner.addresses[0][1]
    await runner.cleanup()


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Streams]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    yield reader, writer
    writer.close()


async def answered(streams: Streams) -> bool:
    """Whether a request over the connection is answered."""
    reader, writer = streams
    try:
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return b"200 OK" in await reader.readline()
    except ConnectionError:
        return False


async def test_who_comes_when_all_places_are_taken_is_sent_away_and_may_come_again() -> None:
    """T-18."""
    async with door(Gate(2)) as (runner, port), AsyncExitStack() as stack:
        inside = [await stack.enter_async_context(connected(port)) for _ in range(2)]
        assert [await answered(streams) for streams in inside] == [True, True]
        async with connected(port) as late:
            assert not await answered(late)
        inside[0][1].close()
        await until(lambda: runner.server is not None and len(runner.server.connections) == 1)
        async with connected(port) as again:
            assert await answered(again)


async def test_a_crowd_that_comes_at_once_is_counted_too() -> None:
    """T-18."""
    async with door(Gate(5)) as (_, port), AsyncExitStack() as stack:
        crowd = await asyncio.gather(*(stack.enter_async_context(connected(port)) for _ in range(20)))
        assert sum(await asyncio.gather(*(answered(streams) for streams in crowd))) == 5


@pytest.mark.parametrize("words", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n"])
async def test_a_connection_that_asks_for_nothing_is_ended(words: bytes) -> None:
    """T-18."""
    async with door(Gate(5, SHORT)) as (runner, port), connected(port) as (reader, writer):
        writer.write(words)
        with suppress(ConnectionError):  # as it is ended too, where something was not read yet
            assert await reader.read() == b""
        assert runner.server is not None
        await until(lambda: runner.server and not runner.server.connections)


async def test_a_connection_that_has_asked_is_kept() -> None:
    async with door(Gate(5, SHORT)) as (_, port), connected(port) as asking, connected(port) as (silent, _writer):
        assert await answered(asking)
        assert await silent.read() == b""  # its time was up later
        reader, writer = asking
        assert b"here" in await reader.readuntil(b"here")
        assert await answered((reader, writer))


async def test_a_second_question_that_never_ends_is_not_waited_for_either() -> None:
    """T-18."""
    async with door(Gate(5, SHORT)) as (_, port), connected(port) as (reader, writer):
        assert await answered((reader, writer))
        await reader.readuntil(b"here")
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n")
        with suppress(ConnectionError):
            assert await reader.read() == b""


async def test_a_question_of_any_length_is_not_listened_to() -> None:
    """T-18: aiohttp limits each header and their number, and not what they come to."""
    async with door(Gate(5)) as (_, port), connected(port) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n" + b"".join(b"x-%d: %s\r\n" % (at, b"a" * 1000) for at in range(20)))
        with suppress(ConnectionError):
            assert await reader.read() == b""


async def test_who_does_not_read_an_answer_is_not_kept() -> None:
    """T-18."""
    async with door(Gate(5, replace(SHORT, answer_s=0.1))) as (runner, port), connected(port) as (_, writer):
        writer.write(b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n")
        await until(lambda: runner.server and runner.server.connections)
        await until(lambda: runner.server and not runner.server.connections)


async def test_who_reads_slowly_and_enough_gets_the_whole_answer() -> None:
    """For longer than somebody who reads nothing is kept."""
    patience = replace(SHORT, answer_s=1.0)
    async with door(Gate(5, patience)) as (_, port), connected(port) as (reader, writer):
        writer.write(b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        began, got = time.monotonic(), 0
        while piece := await reader.read(1 << 20):
            got += len(piece)
            if got == MUCH:
                break
            await asyncio.sleep(0.01)
        assert got == MUCH
        assert time.monotonic() - began > patience.answer_s
