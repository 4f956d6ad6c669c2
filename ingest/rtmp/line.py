"""One connection at the RTMP door: the session's bytes, in and out."""

import asyncio
import os
from contextlib import suppress

from ingest.rtmp.handshake import RANDOM
from ingest.rtmp.session import Asked, Event, PublisherSession

_READ = 1 << 16
_FAREWELL = 1.0


class RtmpLine:
    """The shell around one `PublisherSession`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stalled: float) -> None:
        self._reader = reader
        self._writer = writer
        self._stalled = stalled
        self._session = PublisherSession(os.urandom(RANDOM))

    async def events(self) -> list[Event] | None:
        """What came next, possibly nothing of interest; None when the other side has closed.

        Raises RtmpError, ConnectionError, and TimeoutError when an answer is not taken.
        """
        if self._session.more:
            await asyncio.sleep(0)  # nobody else waits for one that sends a great many messages at once
            events = self._session.go_on()
        elif data := await self._reader.read(_READ):
            events = self._session.receive(data)
        else:
            self._session.leave()
            return None
        await self._flush()
        return events

    async def asked(self) -> str | None:
        """Read until something is asked for: its path. None when the other side closes before."""
        while (events := await self.events()) is not None:
            for event in events:
                if isinstance(event, Asked):
                    return event.path
        return None

    async def accept(self) -> list[Event]:
        """Let the publisher begin; what it has sent ahead."""
        events = self._session.accept()
        await self._flush()
        return events

    async def refuse(self, code: str) -> None:
        """Say no."""
        self._session.refuse(code)
        await self._flush()

    async def farewell(self) -> None:
        """Close in good order: what was said last is lost when the other side still sends and is cut off."""
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(_FAREWELL):
                self._writer.write_eof()
                while await self._reader.read(_READ):
                    pass

    def abort(self) -> None:
        """Close at once."""
        self._writer.transport.abort()

    async def _flush(self) -> None:
        if out := self._session.output():
            self._writer.write(out)
            async with asyncio.timeout(self._stalled):
                await self._writer.drain()
