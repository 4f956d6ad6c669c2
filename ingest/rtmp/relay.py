"""The door's end of a worker's Unix socket: one publisher's messages as FLV, to whoever listens there."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from ingest.rtmp.flv_tags import FlvStream, is_key, opens
from ingest.rtmp.limits import DoorLimits
from ingest.rtmp.message import Message, RtmpError
from ingest.rtmp.socket import call

_ROOM = 1 << 20
"""Bytes that may wait for the worker before the publisher does."""

_PAUSE = 0.1

_log = logging.getLogger(__name__)


class RtmpRelay:
    """Begins each connection with what a decoder must know first. A worker that comes back within the time goes on
    from the next key picture; meanwhile the publisher's messages are let go of.

    `allowed` says whether its publisher may still come here: the worker that comes back may be that of a channel
    which was declared anew, with another key.
    """

    def __init__(self, path: Path, limits: DoorLimits, allowed: Callable[[], Awaitable[bool]]) -> None:
        self._path = path
        self._limits = limits
        self._allowed = allowed
        self._stream = FlvStream()
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._waits_for_key = False
        self._lost = 0.0
        self._tried = 0.0

    async def attach(self) -> bool:
        """Whether a worker is there, or comes within `patience`: the last publisher may only just have left."""
        loop = asyncio.get_running_loop()
        last = loop.time() + self._limits.patience
        while not await self._call():
            if loop.time() >= last:
                return False
            await asyncio.sleep(_PAUSE)
        return True

    async def send(self, messages: Iterable[Message]) -> None:
        """Hand messages on; raises RtmpError when the worker does not read, or has been away for too long."""
        if self._writer is None or self._reader is None or self._reader.at_eof():
            await self._return()
        data = b"".join([tag for message in messages if (tag := self._add(message))])
        if self._writer is None:
            return
        self._writer.write(data)
        try:
            async with asyncio.timeout(self._limits.stalled):
                await self._writer.drain()
        except TimeoutError:
            self._writer.transport.abort()  # what waits is let go of
            reason = "the worker does not read"
            raise RtmpError(reason) from None
        except ConnectionError:
            self.close()

    def close(self) -> None:
        """Let go of the worker; what waits for it is still sent."""
        if self._writer:
            self._writer.close()
        self._writer = self._reader = None

    def _add(self, message: Message) -> bytes:
        tag = self._stream.add(message)
        if self._waits_for_key:
            if not is_key(message):
                return tag if opens(message) else b""
            self._waits_for_key = False
        return tag

    async def _call(self) -> bool:
        try:
            line = call(self._path)
        except OSError:
            return False
        self._reader, self._writer = await asyncio.open_unix_connection(sock=line)
        self._writer.transport.set_write_buffer_limits(high=_ROOM)
        self._writer.write(self._stream.opening)
        self._waits_for_key = self._stream.has_picture
        self._lost = 0.0
        return True

    async def _return(self) -> None:
        """Look whether a worker is there again, ten times a second at most."""
        now = asyncio.get_running_loop().time()
        if not self._lost:
            self._lost = now
            self.close()
            _log.warning("the worker of %s let go of its publisher", self._path.stem)
        if now - self._tried < _PAUSE:
            return
        self._tried = now
        if not await self._allowed():
            reason = "its key holds no more"
            raise RtmpError(reason)
        if not await self._call() and now - self._lost > self._limits.stalled:
            reason = "the worker is away"
            raise RtmpError(reason)
