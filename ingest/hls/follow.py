"""Follows one media playlist of an HLS feed, and writes its segments to a pipe."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from flow.errors import FeedError
from ingest.hls.fetch import INIT_LIMIT, HlsFetch
from ingest.hls.listing import Listing, Piece, Resource, listing
from ingest.hls.plan import Spot, Step, step
from ingest.hls.read_ahead import ReadAhead
from ingest.media_kind import MediaKind, media_kind
from ingest.pipes import pour

_PAUSE = 0.5
"""Seconds between two tries."""

_TRIES = 6
"""Failures in a row, for each second of the target duration, after which the pull is given up: three target
durations, since whoever reads has about as much in hand."""

_SPARE = 2
"""Target durations without anything new after which a spare playlist is given up: as long as whoever reads has of
the others in hand, which wait for it."""

_SPARE_TRIES = 3
"""For a spare playlist, in place of `_TRIES`."""

_ENOUGH = 2
"""Failures of one segment after which it is passed over, when later ones are listed."""

_LEAST = 12.0
_SLOWEST = 3
"""Seconds that a segment may take in any case; else so many target durations: a server that drips is given up."""

_FIRST = 1_024
"""Bytes of a segment that say what it is."""

_STALLED = 3
"""Target durations without a new segment after which status says so."""

_NOTHING_NEW = "the HLS playlist brings nothing new"
_BREAK = "the HLS feed began anew behind a break; it is opened again"
_AHEAD = "the HLS feed is faster than our clock; it is opened again at its live end"
_FORM = "the HLS feed changed its form; it is opened again"


Sleep = Callable[[float], Awaitable[None]]


class FeedBreakError(FeedError):
    """What comes next cannot stand behind what was written: another decoder must begin with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetched:
    """A segment in memory, with what must stand before it. Bodies are big and are never copied."""

    init: bytes
    body: bytes | bytearray
    seconds: float


class HlsFollow:
    """One playlist and one pipe. `trouble`, `bytes` and `lost` (segments) may be read from any thread."""

    def __init__(
        self, client: HlsFetch, url: str, *, join: Piece | None = None, ahead: ReadAhead | None = None,
        sleep: Sleep = asyncio.sleep, spare: bool = False,
    ) -> None:
        """A `spare` one is given up before others that are read beside it have to wait for it."""
        self.spare = spare
        self.begun = asyncio.Event()
        self._client = client
        self._sleep = sleep
        self._url = url
        self._join = join
        self._spot = Spot()
        self._init: Resource | None = None
        self._init_body = b""
        self._kind: MediaKind | None = None
        self._failures = 0
        self._misses = 0
        self._ahead = ahead or ReadAhead()
        self._queue: asyncio.Queue[_Fetched | None] = asyncio.Queue()
        self._held = 0.0
        self.trouble = ""
        self.bytes = 0
        self.lost = 0

    async def run(self, out: int, first: Listing | None = None) -> None:
        """Write pieces until the playlist is over or nobody reads. The pipe is closed then, so its reader knows.

        Raises FeedError when it cannot go on.
        """
        reading = asyncio.create_task(self._read(first))
        reading.add_done_callback(lambda _: self._queue.put_nowait(None))
        try:
            with suppress(BrokenPipeError):
                await self._write(out)
                await reading
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            os.close(out)

    async def _write(self, out: int) -> None:
        while fetched := await self._queue.get():
            self.begun.set()
            self._held -= fetched.seconds
            for body in (fetched.init, fetched.body):
                await pour(out, body)
                self.bytes += len(body)
            del fetched, body  # or it would stay in memory until the next one comes
            self._ahead.read()

    async def _read(self, first: Listing | None) -> None:
        """Read the playlist again and again, and fetch what is new. The first reading may have been done."""
        loop = asyncio.get_running_loop()
        fresh, target = loop.time(), 1.0
        while True:
            began = loop.time()
            try:
                found, first = first or await self._listing(), None
                target = found.target
                asked = step(found, self._spot, join=self._join, idle=began - fresh, held=self._held)
                if asked.pieces:
                    await self._take(asked, target)
                    fresh = loop.time()
            except FeedBreakError:
                raise
            except FeedError as error:
                self._failures += 1
                self.trouble = str(error)
                if self._failures >= (_SPARE_TRIES if self.spare else _TRIES) * target:
                    raise
                await self._sleep(_PAUSE)
                continue
            if found.ended:
                return
            idle = loop.time() - fresh
            self.trouble = _NOTHING_NEW if idle > _STALLED * target else ""
            if self.spare and idle > _SPARE * target:
                raise FeedError(_NOTHING_NEW)
            await self._sleep(began + asked.pause - loop.time())

    async def _listing(self) -> Listing:
        text, base = await self._client.playlist(self._url)
        return listing(text, base)

    async def _take(self, asked: Step, target: float) -> None:
        if asked.ahead and self._kind is MediaKind.MP4:
            raise FeedBreakError(_AHEAD)  # a decoder would wait out the hole, and be as far behind as before
        self._spot = asked.spot
        self.lost += asked.lost
        for piece in asked.pieces:
            if piece.gap or (self._misses >= _ENOUGH and piece is not asked.pieces[-1]):
                self.lost += 1
                self._misses = 0
                self._spot = self._spot.past(piece, written=False)
                continue
            await self._ahead_of_reader(piece, target)
            self._spot = self._spot.past(piece, written=True)
            self._failures = self._misses = 0
            self.trouble = ""

    async def _ahead_of_reader(self, piece: Piece, target: float) -> None:
        """Fetch a piece as soon as there is room for it, and put it in the queue."""
        limit = self._ahead.limit(max(target, piece.seconds))
        await self._ahead.room(limit)
        size = 0
        try:
            seconds = _SPARE * target if self.spare else max(_LEAST, _SLOWEST * target)
            fetched = await self._fetch(piece, limit, seconds)
            size = len(fetched.body)
        except BaseException:
            self._misses += 1
            raise
        finally:
            self._ahead.filled(size)
        self._held += piece.seconds
        self._queue.put_nowait(fetched)

    async def _fetch(self, piece: Piece, limit: int, seconds: float) -> _Fetched:
        """MP4 has one init section and one timeline in a decoder; a transport stream takes jumps."""
        if self._kind is MediaKind.MP4 and self._spot.meets_break(piece):
            raise FeedBreakError(_BREAK)
        init = await self._init_of(piece)
        body = await self._client.media(piece.media.url, limit, seconds=seconds, span=piece.media.span)
        kind = media_kind(bytes(body[:_FIRST]))
        if self._kind not in (None, kind):
            raise FeedBreakError(_FORM)
        self._kind, self._init, self._init_body = kind, piece.init, init or self._init_body
        return _Fetched(init=init, body=body, seconds=piece.seconds)

    async def _init_of(self, piece: Piece) -> bytes:
        """What must be written before `piece`. At another address may be the same init section, signed anew.

        Raises FeedBreakError when it is another.
        """
        if piece.init == self._init:
            return b""
        body = b""
        if piece.init is not None:
            body = bytes(await self._client.media(piece.init.url, INIT_LIMIT, span=piece.init.span))
        if body == self._init_body:
            return b""
        if self._kind is MediaKind.MP4:
            raise FeedBreakError(_FORM)
        if body:
            media_kind(body)
        return body
