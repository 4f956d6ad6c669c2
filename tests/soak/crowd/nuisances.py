"""Connections that want to be in the way: slow questions, slow readers, senders of bodies, askers for ranges.

    python -m tests.soak.crowd.nuisances ADDRESS PATH --count 4000 --seconds 240

A quarter each of what slowhttptest calls -H, -B, -R and -X, and some of the slow questions come after a good one.
Who is shut out comes again a second later. Prints, of each kind, how often it came and for how long at most a
connection was kept whose question or answer did not end.
"""

import argparse
import asyncio
import json
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

_DRIP = 4.0
"""Seconds between two bytes."""
_PAUSE = 1.0
_ESTABLISHED = 1  # linux/include/net/tcp_states.h
_RANGES = ",".join(f"{at}-{at + 5}" for at in range(0, 1300 * 4, 4))


@dataclass(slots=True)
class Kept:
    """How long at most, in seconds, and how many connections there were."""

    came: int = 0
    refused: int = 0
    longest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where they go, and until when on the monotonic clock."""

    host: str
    port: int
    path: str
    until: float


Way = Callable[[Target, socket.socket], Awaitable[None]]


async def _drip(wire: socket.socket, words: bytes) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await loop.sock_sendall(wire, words)
        with suppress(TimeoutError):
            if not await asyncio.wait_for(loop.sock_recv(wire, 4096), _DRIP):
                return


async def slow_header(target: Target, wire: socket.socket) -> None:
    """A header line now and then, for ever."""
    await _send(wire, f"GET {target.path} HTTP/1.1\r\nHost: a\r\n")
    await _drip(wire, b"X-a: b\r\n")


async def slow_second(target: Target, wire: socket.socket) -> None:
    """The same after a good question."""
    await _send(wire, f"HEAD {target.path} HTTP/1.1\r\nHost: a\r\n\r\n")
    await asyncio.get_running_loop().sock_recv(wire, 65536)
    await slow_header(target, wire)


async def slow_body(target: Target, wire: socket.socket) -> None:
    """A body that was announced, byte by byte."""
    await _send(wire, f"POST {target.path} HTTP/1.1\r\nHost: a\r\nContent-Length: 8192\r\n\r\n")
    await _drip(wire, b"a")


async def ranges(target: Target, wire: socket.socket) -> None:
    """1,300 ranges of one body, again and again; in pieces, as long as they are taken."""
    await _send(wire, f"GET {target.path} HTTP/1.1\r\nHost: a\r\nRange: bytes={_RANGES}\r\n\r\n")
    while await asyncio.wait_for(asyncio.get_running_loop().sock_recv(wire, 65536), _DRIP):
        pass


async def slow_reader(target: Target, wire: socket.socket) -> None:
    """Many bodies asked for, and 32 bytes read now and then."""
    loop = asyncio.get_running_loop()
    await _send(wire, f"GET {target.path} HTTP/1.1\r\nHost: a\r\n\r\n" * 4)
    while await loop.sock_recv(wire, 32) and _there(wire):  # noqa: ASYNC110 - the other side says nothing
        await asyncio.sleep(_DRIP)


WAYS: tuple[Way, ...] = (slow_header, slow_body, ranges, slow_reader, slow_second, slow_body, ranges, slow_reader)


def _feel(wire: socket.socket) -> None:
    """Ask now and then whether the other side is there: a kernel that gave up says nothing by itself."""
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 2)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 2)


def _there(wire: socket.socket) -> bool:
    """Whether the connection still stands, whatever is left to read of it."""
    return wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == _ESTABLISHED


async def _send(wire: socket.socket, words: str) -> None:
    await asyncio.get_running_loop().sock_sendall(wire, words.encode())


async def come_again(target: Target, way: Way, kept: Kept) -> None:
    """One nuisance, until the time is up."""
    loop = asyncio.get_running_loop()
    while time.monotonic() < target.until:
        with socket.socket() as wire:
            wire.setblocking(False)
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            _feel(wire)
            try:
                await loop.sock_connect(wire, (target.host, target.port))
            except OSError:
                kept.refused += 1
            else:
                kept.came += 1
                began = time.monotonic()
                with suppress(OSError, TimeoutError):
                    async with asyncio.timeout(max(0.1, target.until - began)):
                        await way(target, wire)
                kept.longest_s = max(kept.longest_s, time.monotonic() - began)
        await asyncio.sleep(_PAUSE)


async def crowd(target: Target, count: int) -> dict[str, Kept]:
    """All of them, coming within some seconds."""
    kept = {way.__name__: Kept() for way in WAYS}

    async def one(number: int) -> None:
        way = WAYS[number % len(WAYS)]
        await asyncio.sleep(number / count * 5)
        await come_again(target, way, kept[way.__name__])

    await asyncio.gather(*(one(number) for number in range(count)))
    return kept


def main() -> None:
    """Be in the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("path")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=240)
    options = parser.parse_args()
    at = urlsplit(options.address)
    target = Target(at.hostname or "127.0.0.1", at.port or 80, options.path, time.monotonic() + options.seconds)
    kept = asyncio.run(crowd(target, options.count))
    print(json.dumps({  # noqa: T201
        way: {"came": one.came, "refused": one.refused, "longest_s": round(one.longest_s, 1)}
        for way, one in kept.items()
    }))


if __name__ == "__main__":
    main()
