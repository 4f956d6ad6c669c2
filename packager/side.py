"""One of two workers, as far as one rendition goes: its media that is not listed, or not yet."""

from flow.chunk import Chunk
from flow.profile import Profile
from packager.grid import msn_of
from packager.lateness import Lateness

MOST_SEGMENTS = 4
"""That are kept: the one being made, and what a worker is ahead of the other and of the clock."""

MOST_AT_FIRST = 5
"""So many times more while a headend that has begun anew waits for the other worker."""


class Side:
    """Chunks by their place, from the open segment on; the worker sends them in order.

    `newest` is the end of the newest chunk, `heard` the time of the last one, 0 before any.
    """

    __slots__ = ("_chunks", "_most", "_profile", "heard", "lateness", "newest")

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._most = MOST_SEGMENTS * profile.chunks_per_segment
        self._chunks: dict[int, Chunk] = {}
        self.newest = 0
        self.heard = 0
        self.lateness = Lateness()

    def full(self, *, settled: bool = True) -> bool:
        """Whether so much waits that the worker's clock must be ahead; before all is settled after a restart it
        sends what it kept."""
        return len(self._chunks) >= (self._most if settled else MOST_AT_FIRST * self._most)

    def hear(self, chunk: Chunk, now: int) -> None:
        """Take note that the chunk has come."""
        self.newest = max(self.newest, chunk.end)
        self.heard = now
        self.lateness.add(now - chunk.end)

    def keep(self, chunk: Chunk) -> None:
        """Keep the chunk until its segment is complete; the first that came to a place stays there."""
        self._chunks.setdefault(chunk.start, chunk)

    def at(self, place: int, run: int = 0) -> Chunk | None:
        """The chunk at `place`, of `run` where one is given."""
        chunk = self._chunks.get(place)
        return chunk if chunk and run in (0, chunk.run) else None

    def after(self, place: int) -> int | None:
        """The first place behind `place` that something is kept of."""
        return min((start for start in self._chunks if start > place), default=None)

    def passed(self, place: int) -> bool:
        """Whether the worker has left the place out: it comes no more."""
        return self.newest > place + self._profile.chunk

    def late(self, place: int, now: int, patience: int) -> bool:
        """Whether the chunk at `place` takes longer than they did, by more than `patience`."""
        most = self.lateness.most
        return most is None or now > place + self._profile.chunk + most + patience

    def whole(self, msn: int) -> tuple[Chunk, ...]:
        """All chunks of a segment when all are here, of one run, and they begin with an IDR; else nothing."""
        first, length = msn * self._profile.segment, self._profile.chunk
        found = [self._chunks.get(place) for place in range(first, first + self._profile.segment, length)]
        chunks = tuple(chunk for chunk in found if chunk)
        good = len(chunks) == len(found) and chunks[0].independent and len({chunk.run for chunk in chunks}) == 1
        return chunks if good else ()

    def forget_before(self, place: int) -> None:
        """Let go of the segments before the one that holds `place`."""
        first = msn_of(self._profile, place) * self._profile.segment
        for start in [start for start in self._chunks if start < first]:
            del self._chunks[start]
