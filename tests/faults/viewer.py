"""A viewer that reads every segment of one picture rendition and of the sound, as long as the channel is on."""

import asyncio
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Self

import aiohttp

from flow.timebase import GOP, SCALE
from tests.conformance.playlist import Playlist, Segment
from tests.line.follow import Follower

KEPT = 60
"""Segments that stay in memory: nearly two minutes."""
_PAUSE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One segment as it was listed first; `seen` is the wall time of that, `body` empty for a gap."""

    msn: int
    gap: bool
    discontinuity: bool
    seen: float
    init: str
    body: bytes


class Reader(Follower):
    """Follows one rendition for ever and keeps its segments; an origin that is away is asked again."""

    def __init__(self, session: aiohttp.ClientSession, base: str, rendition: str) -> None:
        super().__init__(session, base, rendition, None)
        self.lock = Lock()
        self.taken: dict[int, Taken] = {}
        self.inits: dict[str, bytes] = {}
        self._bodies: dict[str, bytes] = {}
        self._init = ""

    @property
    def last(self) -> int:
        """Number of the newest segment that is here with its body; 0 before the first."""
        with self.lock:
            return max(self.taken, default=0)

    async def text(self, query: str) -> str:
        """The playlist; while there is none, or the wait was in vain, the whole one a little later."""
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                return await super().text(query)
            query = ""
            await asyncio.sleep(_PAUSE)

    async def take(self, listing: Playlist) -> None:
        """Know the init section before the segments that need it."""
        self._init = listing.everything[-1].map or self._init
        if self._init not in self.inits:
            self.inits[self._init] = await super().body(self._init)
        await super().take(listing)

    async def segment(self, segment: Segment) -> None:
        """Keep a segment after it was checked, and forget the oldest."""
        seen = time.time()
        await super().segment(segment)
        with self.lock:
            self.taken[segment.msn] = Taken(
                msn=segment.msn, gap=segment.gap, discontinuity=segment.discontinuity, seen=seen, init=self._init,
                body=self._bodies.get(segment.uri, b""),
            )
            for old in [msn for msn in self.taken if msn <= segment.msn - KEPT]:
                del self.taken[old]
        self._bodies.clear()
        for uri in list(self.known_parts)[:-KEPT]:
            del self.known_parts[uri]

    async def body(self, uri: str) -> bytes:
        """Remembered, so that a segment is fetched once."""
        data = await super().body(uri)
        self._bodies[uri] = data
        return data


class Viewer:
    """Two readers, picture and sound, in a thread of their own from `with` to its end."""

    def __init__(self, origin: str, channel: str) -> None:
        self._base = f"{origin}/live/{channel}"
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._thread = Thread(target=self._run, name="viewer", daemon=True)
        self.picture: Reader
        self.sound: Reader
        self._why = ""

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(30) or self._why:
            message = f"the viewer found no channel: {self._why}"
            raise RuntimeError(message)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(self._loop)])
        self._thread.join(10)

    def await_media(self, until: float, patience: float = 12.0) -> None:
        """Wait until both renditions have whole segments up to a wall time.

        Raises AssertionError when they never come.
        """
        last = int(until * SCALE) // GOP
        deadline = time.monotonic() + max(0.0, until - time.time()) + patience
        while min(self.picture.last, self.sound.last) < last:
            assert time.monotonic() < deadline, f"no segment {last}: there is {self.picture.last}"
            assert self._thread.is_alive(), f"the viewer ended: {self._why}"
            time.sleep(0.05)

    def _run(self) -> None:
        with suppress(asyncio.CancelledError):
            try:
                self._loop.run_until_complete(self._follow())
            except Exception as error:  # noqa: BLE001 - whoever waits for media says it
                self._why = repr(error)
        self._ready.set()
        self._loop.close()

    async def _follow(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15)) as session:
            async with session.get(f"{self._base}/index.m3u8") as answer:
                answer.raise_for_status()
                lines = (await answer.text()).splitlines()
            name = next(line.split("/")[0] for line in reversed(lines) if line and not line.startswith("#"))
            self.picture = Reader(session, self._base, name)
            self.sound = Reader(session, self._base, "audio")
            self._ready.set()
            await asyncio.gather(self.picture.run(1e9), self.sound.run(1e9))


def inside(reader: Reader, begin: float, end: float) -> list[Taken]:
    """The segments that lie in a stretch of wall time, in order, as far as they were listed."""
    first, last = int(begin * SCALE) // GOP, int(end * SCALE) // GOP
    with reader.lock:
        return [reader.taken[msn] for msn in range(first, last + 1) if msn in reader.taken]


def fragments(body: bytes) -> Iterator[tuple[int, int, int]]:
    """Start, duration and count of samples of each fragment, read in a few lines of its own."""
    for moof, start, end in _boxes(body, 0, len(body)):
        if moof != b"moof":
            continue
        (traf,) = [(a, b) for kind, a, b in _boxes(body, start, end) if kind == b"traf"]
        leaves = {kind: at for kind, at, _ in _boxes(body, *traf)}
        at = leaves[b"tfdt"]
        begin = struct.unpack_from(">Q" if body[at] else ">I", body, at + 4)[0]
        lengths = list(_lengths(body, leaves[b"trun"], _default(body, leaves[b"tfhd"])))
        yield begin, sum(lengths), len(lengths)


def _default(body: bytes, tfhd: int) -> int:
    flags = int.from_bytes(body[tfhd + 1:tfhd + 4], "big")
    at = tfhd + 8 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0)
    return int(struct.unpack_from(">I", body, at)[0]) if flags & 8 else 0


def _lengths(body: bytes, trun: int, default: int) -> Iterator[int]:
    flags = int.from_bytes(body[trun + 1:trun + 4], "big")
    count = struct.unpack_from(">I", body, trun + 4)[0]
    at = trun + 8 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    width = 4 * sum(bool(flags & each) for each in (0x100, 0x200, 0x400, 0x800))
    for _ in range(count):
        yield struct.unpack_from(">I", body, at)[0] if flags & 0x100 else default
        at += width


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind, start + 8, start + size
        start += size
