"""What the disk store keeps, and since when."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flow.ids import ChannelId, RenditionId
from flow.names import InitName, SegmentName
from flow.store import MediaKey
from origin.disk_shelf import DiskShelf

_Run = tuple[ChannelId, RenditionId, int]
_Place = tuple[ChannelId, RenditionId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One body on the disk: its bytes, since when (ns), and a mark of its content, None when not known.

    `mark` is the hash of this process, so what an earlier life left has none.
    """

    size: int
    since_ns: int
    mark: int | None = None

    def may_be(self, body: bytes) -> bool:
        """Whether `body` can be what is kept: equal size, and equal content as far as known."""
        return self.size == len(body) and self.mark in {None, hash(body)}


class DiskIndex:
    """Names on the disk in the order in which they came. No I/O and no clock of its own.

    Segments go `keep_ns` after they came, unless `hold` says otherwise of their channel.

    An init section stays as long as a segment of its run does, and longer while it is the newest of its rendition:
    later runs whose init section is equal go on under its name. When another takes its place, it stays for as long
    as the segments that came before that.
    """

    def __init__(self, keep_ns: int) -> None:
        self._keep_ns = keep_ns
        self._held: dict[ChannelId, int] = {}
        self._shelves: dict[_Place, DiskShelf] = {}
        self._inits: dict[MediaKey, Kept] = {}
        self._in_run: Counter[_Run] = Counter()

    def hold(self, channel: ChannelId, keep_ns: int) -> None:
        """Keep a channel's segments for so long after they came."""
        self._held[channel] = keep_ns

    def __contains__(self, key: MediaKey) -> bool:
        """Whether the body is kept."""
        return self.get(key) is not None

    def get(self, key: MediaKey) -> Kept | None:
        """What is known of a body, or None."""
        if isinstance(key.name, InitName):
            return self._inits.get(key)
        shelf = self._shelves.get((key.channel, key.rendition))
        if shelf is None or not isinstance(key.name, SegmentName):
            return None
        facts = shelf.get(key.name.msn, key.name.run)
        return None if facts is None else Kept(size=facts[0], since_ns=facts[1], mark=facts[2])

    def add(self, key: MediaKey, kept: Kept) -> None:
        """Note a body; a key noted already keeps its place."""
        if isinstance(key.name, InitName):
            self._inits.setdefault(key, kept)
        elif key not in self:
            run = _run_of(key)
            shelf = self._shelves.setdefault(run[:2], DiskShelf())
            shelf.add(_msn_of(key), run[2], kept.size, kept.since_ns, kept.mark)
            self._in_run[run] += 1

    def move(self, channel: ChannelId, by_ns: int) -> None:
        """Add to the times of all that is kept of a channel."""
        for place, shelf in self._shelves.items():
            if place[0] == channel:
                shelf.move(by_ns)
        for key, kept in self._inits.items():
            if key.channel == channel:
                self._inits[key] = replace(kept, since_ns=kept.since_ns + by_ns)

    def discard(self, key: MediaKey) -> bool:
        """Strike a body off; whether it was there."""
        if self._inits.pop(key, None) is not None:
            return True
        if key not in self:
            return False
        run = _run_of(key)
        shelf = self._shelves[run[:2]]
        shelf.discard(_msn_of(key), run[2])
        if not len(shelf):
            del self._shelves[run[:2]]
        self._in_run[run] -= 1
        if not self._in_run[run]:
            del self._in_run[run]
        return True

    def expired(self, now_ns: int) -> tuple[MediaKey, ...]:
        """Bodies whose time is over: segments by age, init sections that no kept segment needs."""
        old = list(self._expired_segments(now_ns))
        going = Counter(_run_of(key) for key in old)
        replaced_ns: dict[tuple[ChannelId, RenditionId], int] = {}
        for key, kept in reversed(self._inits.items()):
            run = _run_of(key)
            limit = now_ns - self._held.get(key.channel, self._keep_ns)
            since_ns = replaced_ns.get(run[:2], limit)
            if since_ns < limit and self._in_run[run] == going[run]:
                old.append(key)
            replaced_ns[run[:2]] = kept.since_ns
        return tuple(old)

    def oldest_segment(self) -> tuple[MediaKey, Kept] | None:
        """The segment that came first, or None."""
        found: tuple[MediaKey, Kept] | None = None
        for (channel, rendition), shelf in self._shelves.items():
            row = shelf.oldest()
            if row is not None and (found is None or row[2] < found[1].since_ns):
                key = MediaKey(channel, rendition, SegmentName(row[0], row[4]))
                found = key, Kept(size=row[1], since_ns=row[2], mark=row[3])
        return found

    def _expired_segments(self, now_ns: int) -> Iterator[MediaKey]:
        for (channel, rendition), shelf in self._shelves.items():
            limit = now_ns - self._held.get(channel, self._keep_ns)
            for msn, run in shelf.older_than(limit):
                yield MediaKey(channel, rendition, SegmentName(msn, run))


def _run_of(key: MediaKey) -> _Run:
    if not isinstance(key.name, InitName | SegmentName):
        message = f"parts are not kept: {key.name}"
        raise TypeError(message)
    return (key.channel, key.rendition, key.name.run)


def _msn_of(key: MediaKey) -> int:
    return key.name.msn if isinstance(key.name, SegmentName) else 0
