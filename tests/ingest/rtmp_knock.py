"""A door to knock at, and raw connections that do."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from ingest.rtmp.door import RtmpDoor
from ingest.rtmp.keys import match
from ingest.rtmp.limits import DoorLimits
from tests.ingest.rtmp_talk import codes, opening, talk

KEY = "geheim"


class Stepped:
    """A clock that stands until it is moved."""

    now = 1_000_000_000_000

    def monotonic_ns(self) -> int:
        return self.now

    def wall_ns(self) -> int:
        return self.now


class At:
    """A door that stands open, its clock, and the delays that it asked for."""

    def __init__(self, door: RtmpDoor, port: int, clock: Stepped) -> None:
        self.door = door
        self.port = port
        self.clock = clock

    async def call(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def until(self, *, on_air: bool) -> None:
        """Wait for what the door does and tells nobody."""
        async with asyncio.timeout(10):
            while bool(self.door.on_air) is not on_air:  # noqa: ASYNC110
                await asyncio.sleep(0)

    async def say(self, data: bytes) -> bytes:
        """All that is answered until the door closes; empty when it closes at once."""
        reader, writer = await self.call()
        try:
            writer.write(data)
            return await asyncio.wait_for(reader.read(), 10)
        except ConnectionError:
            return b""
        finally:
            writer.transport.abort()

    async def ask(self, key: str, app: str = "live", verb: str = "publish") -> list[str]:
        """What the door says in the end."""
        return codes(await self.say(talk(*opening(key, app, verb))))[1:]

    async def publish(self, *, key: str = KEY) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection that is on air."""
        reader, writer = await self.call()
        writer.write(talk(*opening(key)))
        await asyncio.wait_for(reader.readuntil(b"NetStream.Publish.Start"), 10)
        return reader, writer


@asynccontextmanager
async def standing(
    socket: Path, limits: DoorLimits | None = None, find: Callable[[str], Path | None] | None = None,
    delay: Callable[[], float] = lambda: 0.0,
) -> AsyncIterator[At]:
    """A door that knows one key, of a worker at `socket`."""
    clock = Stepped()
    door = RtmpDoor(
        find=find or (lambda key: match(key, [(KEY, socket)])), clock=clock, delay=delay,
        limits=limits or DoorLimits(patience=0.05),
    )
    try:
        yield At(door, await door.start("127.0.0.1", 0), clock)
    finally:
        await door.stop()


async def rest(end: int) -> bytes:
    """All that comes from a pipe until it closes."""
    def read() -> bytes:
        data = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
        os.close(end)
        return data

    return await asyncio.wait_for(asyncio.to_thread(read), 10)
