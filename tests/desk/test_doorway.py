"""Where an application is reached."""

import asyncio
import socket

import pytest
from aiohttp import web

from desk.doorway import Doorway
from desk.listener import Listener


async def test_an_application_is_reached_and_ends_with_its_runner() -> None:
    runner = web.AppRunner(web.Application(), shutdown_timeout=0.01)
    await runner.setup()
    doorway = Doorway(runner, Listener("127.0.0.1", 0))
    await doorway.start()
    port = runner.addresses[0][1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert b"404" in await reader.readline()
    await runner.cleanup()
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_a_port_in_use_is_an_error() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="in use"):
            await Doorway(runner, Listener("127.0.0.1", other.getsockname()[1])).start()
    await runner.cleanup()


async def test_a_crowd_that_knocks_while_the_loop_is_busy_is_let_in() -> None:
    """T-19: so it is when a headend comes back, and every edge with it. Nothing here waits for the loop."""
    runner = web.AppRunner(web.Application(), shutdown_timeout=0.01)
    await runner.setup()
    await Doorway(runner, Listener("127.0.0.1", 0)).start()
    crowd = [socket.create_connection(runner.addresses[0], timeout=0.5) for _ in range(300)]
    for one in crowd:
        one.settimeout(None)  # an answer takes what the machine takes; to be let in does not
        one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    answers = await asyncio.to_thread(lambda: [one.recv(12) for one in crowd])
    assert answers == [b"HTTP/1.1 404"] * len(crowd)
    for one in crowd:
        one.close()
    await runner.cleanup()
