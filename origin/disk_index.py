"""What the disk store keeps, and since when."""

from collections import Counter
from dataclasses import dataclass

from flow.ids import ChannelId, RenditionId
from flow.names import InitName, SegmentName
from flow.store import MediaKey

_Run = tuple[ChannelId, RenditionId, int]


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

    An init section stays as long as a segment of its run does, and longer while it is the newest of its rendition:
    later runs whose init section is equal go on under its name. When another takes its place, it stays for as long
    as the segments that came before that.
    """

    def __init__(self, keep_ns: int) -> None:
        self._keep_ns = keep_ns
        self._segments: dict[MediaKey, Kept] = {}
        self._inits: dict[MediaKey, Kept] = {}
        self._in_run: Counter[_Run] = Counter()

    def __contains__(self, key: MediaKey) -> bool:
        """Whether the body is kept."""
        return self.get(key) is not None

    def get(self, key: MediaKey) -> Kept | None:
        """What is known of a body, or None."""
        return self._segments.get(key) or self._inits.get(key)

    def add(self, key: MediaKey, kept: Kept) -> None:
        """Note a body; a key noted already keeps its place."""
        if isinstance(key.name, InitName):
            self._inits.setdefault(key, kept)
        elif key not in self._segments:
            self._segments[key] = kept
            self._in_run[_run_of(key)] += 1

    def discard(self, key: MediaKey) -> bool:
        """Strike a body off; whether it was there."""
        if self._inits.pop(key, None) is not None:
            return True
        if self._segments.pop(key, None) is None:
            return False
        run = _run_of(key)
        self._in_run[run] -= 1
        if not self._in_run[run]:
            del self._in_run[run]
        return True

    def expired(self, now_ns: int) -> tuple[MediaKey, ...]:
        """Bodies whose time is over: segments by age, init sections that no kept segment needs."""
        limit = now_ns - self._keep_ns
        old = []
        for key, kept in self._segments.items():
            if kept.since_ns >= limit:
                break
            old.append(key)
        going = Counter(_run_of(key) for key in old)
        replaced_ns: dict[tuple[ChannelId, RenditionId], int] = {}
        for key, kept in reversed(self._inits.items()):
            run = _run_of(key)
            since_ns = replaced_ns.get(run[:2], limit)
            if since_ns < limit and self._in_run[run] == going[run]:
                old.append(key)
            replaced_ns[run[:2]] = kept.since_ns
        return tuple(old)

    def oldest_segment(self) -> tuple[MediaKey, Kept] | None:
        """The segment that came first, or None."""
        return next(iter(self._segments.items()), None)


def _run_of(key: MediaKey) -> _Run:
    if not isinstance(key.name, InitName | SegmentName):
        message = f"parts are not kept: {key.name}"
        raise TypeError(message)
    return (key.channel, key.rendition, key.name.run)
