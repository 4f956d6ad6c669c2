"""Who shakes no hands takes nobody's place."""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

import desk.doorway
import desk.porch
from desk.doorway import Doorway
from desk.gate import Gate
from desk.listener import Listener
from desk.porch import Porch, porches
from desk.tls.contexts import listening
from tests.desk.machines.edge import authority_in, client
from tests.desk.test_control_link import until

MOST = 3


@pytest.fixture
def _addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is many addresses here, as others are: 127.0.0.1, 127.0.0.2, …"""
    made = Porch.__init__

    def strict(porch: Porch, family: int, most: int) -> None:
        made(porch, family, most, peer=lambda host: host)

    monkeypatch.setattr(Porch, "__init__", strict)
    monkeypatch.setattr(desk.doorway, "SHAKING", MOST)


@asynccontextmanager
async def door(data: Path, host: str = "127.0.0.1", gate: Gate | None = None) -> AsyncIterator[int]:
    runner = web.AppRunner(web.Application(), shutdown_timeout=0.01)
    await runner.setup()
    tls = listening(authority_in(data))
    await Doorway(runner, Listener(host, 0), tls=tls, gate=gate).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def shaken(port: int, context: ssl.SSLContext, source: str) -> bool:
    """Whether somebody from there is answered."""
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=context, server_hostname="localhost", local_addr=(source, 0),
        )
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
    except (ConnectionError, ssl.SSLError):
        return False
    return answer.startswith(b"HTTP/1.1 404")


@pytest.mark.usefixtures("_addresses")
@pytest.mark.parametrize("gated", [False, True])
async def test_silent_ones_have_the_places_of_their_address_and_no_more(tmp_path: Path, *, gated: bool) -> None:
    """T-18: and whoever goes, or shakes hands, leaves his place."""
    context = trusting()
    async with door(tmp_path, gate=Gate(4 * MOST) if gated else None) as port:
        assert [await shaken(port, context, "127.0.0.1") for _ in range(3 * MOST)] == [True] * 3 * MOST
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3 * MOST)]
        away = [asyncio.create_task(reader.read()) for reader, _ in silent]
        await until(lambda: sum(one.done() for one in away) == 2 * MOST)
        assert not await shaken(port, context, "127.0.0.1")
        assert await shaken(port, context, "127.0.0.2")
        for _, writer in silent:
            writer.close()
        await until_let_in(port, context)
        for one in away:
            one.cancel()


def trusting() -> ssl.SSLContext:
    """It believes everybody: the authority is still to come."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


async def until_let_in(port: int, context: ssl.SSLContext) -> None:
    """The test's time limit is the limit."""
    while not await shaken(port, context, "127.0.0.1"):  # noqa: ASYNC110 - nobody says when he goes
        await asyncio.sleep(desk.porch.LOOK / 5)


async def test_a_proxy_on_the_same_machine_has_any_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It speaks for everyone."""
    monkeypatch.setattr(desk.doorway, "SHAKING", 1)
    async with door(tmp_path) as port:
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        assert await shaken(port, client(tmp_path), "127.0.0.1")
        for _, writer in silent:
            writer.close()


async def test_each_address_of_a_host_is_listened_on_and_a_port_in_use_leaves_nothing_open(tmp_path: Path) -> None:
    first, *others = await porches("127.0.0.1", 0, MOST)
    assert others == []
    first.listen()
    with pytest.raises(OSError, match="in use") as found:
        await porches("127.0.0.1", first.getsockname()[1], MOST)
    assert found.value.strerror
    first.close()
    async with door(tmp_path, "localhost") as port:
        assert await shaken(port, client(tmp_path), "127.0.0.1")


def test_a_flood_lets_the_event_loop_go_on() -> None:
    """T-18: those who are sent away are sent in turns."""
    now = time.monotonic()
    with Porch(socket.AF_INET, 0, peer=lambda host: host, now=lambda: now) as porch:
        porch.bind(("127.0.0.1", 0))
        porch.listen(desk.porch.AT_ONCE + 10)
        porch.setblocking(False)
        crowd = [socket.create_connection(porch.getsockname()) for _ in range(desk.porch.AT_ONCE + 5)]
        with pytest.raises(BlockingIOError, match="has a place"):
            porch.accept()
        assert len(porch._shaking) == 1
        for one in crowd:
            one.close()
