"""How much of an HLS feed is in memory before its decoder reads it (T-09, F-09). No I/O, no clock."""

import asyncio

PICTURE, SOUND = 40 << 20, 8 << 20
"""Bytes for the playlist of the picture, and for those of all sounds that come apart: together below 64 MiB, with
what the network and the pipes hold."""

SEGMENTS = 2
"""One that is being read, and the next, so that the reader never waits for a download."""

_RATE = 6 << 20
"""Bytes of an honest segment for each of its seconds: 50 Mb/s."""
_SHORTEST = 2.0


class ReadAhead:
    """The segments of one playlist. There is one who asks for room; whoever reads gives it back."""

    def __init__(self, most: int = PICTURE) -> None:
        """`most` is in bytes. One segment may have four fifths of it, so that the next has some room beside it."""
        self._most = most
        self._biggest = most * 4 // 5
        self._held: list[int] = []
        self._freed = asyncio.Event()

    def limit(self, seconds: float) -> int:
        """Bytes that a segment may have which lasts so many seconds."""
        return int(min(self._biggest, _RATE * max(_SHORTEST, seconds)))

    async def room(self, limit: int) -> None:
        """Wait until a segment of up to `limit` bytes may be fetched, and keep that room for it."""
        while self._held and (len(self._held) >= SEGMENTS or sum(self._held) + limit > self._most):
            self._freed.clear()
            await self._freed.wait()
        self._held.append(limit)

    def filled(self, size: int) -> None:
        """The segment for which room was kept last has so many bytes; 0 when it could not be had."""
        self._held.pop()
        if size:
            self._held.append(size)

    def read(self) -> None:
        """The oldest segment is gone from memory."""
        self._held.pop(0)
        self._freed.set()
