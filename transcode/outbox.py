"""Packets of one rendition on their way to one headend: what is sent, what must be sent again, what is lost."""

from collections import deque
from collections.abc import Callable

from flow.chunk import Chunk, Init, Packet
from flow.timebase import SCALE
from flow.wire import Position

KEPT = 30 * SCALE
"""Chunks are kept for 30 s, sent or not: a headend that was away for less loses nothing."""


class Outbox:
    """An ordered queue with a place in it: what lies before the place has been acknowledged.

    An acknowledgement is no promise for ever, since a headend may be restarted without what it had: `resume`
    sets the place back to what the headend says it has.
    """

    def __init__(self) -> None:
        self.lost = 0
        self._chunks: deque[Chunk] = deque()
        self._place = 0
        self._inits: dict[int, Init] = {}
        self._known: set[int] = set()  # runs whose init section was acknowledged
        self._offered: Packet | None = None

    @property
    def waiting(self) -> int:
        """Chunks not yet acknowledged."""
        return len(self._chunks) - self._place

    def add(self, packet: Packet) -> None:
        """Append a packet, and let go of what is too old."""
        if isinstance(packet, Init):
            self._inits[packet.run] = packet
        else:
            self._chunks.append(packet)
        self._trim()

    def pick(self) -> Packet | None:
        """What to send next: the init section of a run before its first chunk; None when all is acknowledged."""
        self._offered = None
        self._trim()
        if self._place < len(self._chunks):
            chunk = self._chunks[self._place]
            run = chunk.run
            self._offered = chunk if run in self._known else self._inits.get(run, chunk)
        elif self._inits:
            newest = max(self._inits)
            if newest not in self._known:
                self._offered = self._inits[newest]
        return self._offered

    def withdraw(self) -> None:
        """Nothing is under way any more: what was offered may be let go of like everything else."""
        self._offered = None
        self._trim()

    def acknowledge(self, packet: Packet) -> None:
        """The headend has the packet."""
        if isinstance(packet, Init):
            self._known.add(packet.run)
        elif self._place < len(self._chunks) and self._chunks[self._place] is packet:
            self._place += 1

    def refuse(self, packet: Packet) -> None:
        """The headend has published newer media of another run: this run's packets up to here are of no use."""
        if isinstance(packet, Init):
            self._inits.pop(packet.run, None)
        limit = packet.start if isinstance(packet, Chunk) else max((c.start for c in self._chunks), default=0)
        self._drop(lambda chunk: chunk.run == packet.run and chunk.start <= limit)

    def give_up(self, packet: Packet) -> None:
        """The headend will never take this packet, whatever happens: it is lost."""
        if isinstance(packet, Init):
            self._inits.pop(packet.run, None)
            self._known.discard(packet.run)
        else:
            self.lost += 1
            self._drop(lambda chunk: chunk is packet)

    def has_init(self, run: int) -> bool:
        """Whether the init section of `run` can be sent."""
        return run in self._inits

    def resume(self, position: Position) -> None:
        """Set the place to the first chunk that the headend does not have; init sections are sent again."""
        self._known.clear()
        has = (position.run, position.end)
        self._place = next(
            (index for index, chunk in enumerate(self._chunks) if (chunk.run, chunk.end) > has), len(self._chunks),
        )

    def _drop(self, useless: Callable[[Chunk], bool]) -> None:
        """Take chunks out; the place stays before the same chunk, or before the one after it."""
        self._place -= sum(useless(chunk) for index, chunk in enumerate(self._chunks) if index < self._place)
        self._chunks = deque(chunk for chunk in self._chunks if not useless(chunk))

    def _trim(self) -> None:
        while self._chunks and self._chunks[-1].end - self._chunks[0].end >= KEPT:
            if self._chunks[0] is self._offered:
                break  # it is under way; its answer decides
            self._chunks.popleft()
            if self._place:
                self._place -= 1
            else:
                self.lost += 1
        if len(self._inits) > 1:
            needed = {chunk.run for chunk in self._chunks} | {max(self._inits)}
            self._inits = {run: init for run, init in self._inits.items() if run in needed}
            self._known &= needed
