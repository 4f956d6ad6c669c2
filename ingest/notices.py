"""What a feed's carrier or decoder notices, for the channel's log: few words, however often it happens (T-09)."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from threading import Lock

from flow.event import EventKind

AGAIN_NS = 60_000_000_000
"""Nanoseconds until the same is told again."""
_MOST = 5
"""Notices of a kind within that time: who floods one kind hides no other."""
_ROOM = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing; `said` is a detail without secrets."""

    kind: EventKind
    said: str


class Notices:
    """Of one feed. Safe from any thread; no call waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Notice] = deque(maxlen=_ROOM)
        self._told: OrderedDict[Notice, int] = OrderedDict()
        self._codecs = ""

    def add(self, kind: EventKind, said: str, now_ns: int) -> None:
        """Keep it, unless the same was told a moment ago, or too much is told at once."""
        notice = Notice(kind=kind, said=said)
        with self._lock:
            last = self._told.get(notice)
            lately = sum(told.kind is kind and now_ns - at < AGAIN_NS for told, at in self._told.items())
            if (last is not None and now_ns - last < AGAIN_NS) or lately >= _MOST:
                return
            self._told[notice] = now_ns
            self._told.move_to_end(notice)
            while len(self._told) > _ROOM:
                self._told.popitem(last=False)
            self._waiting.append(notice)

    def codecs(self, codecs: str, now_ns: int) -> None:
        """A decoder knows what it gets: other codecs than the last one's may be another sender's (T-10)."""
        if codecs and self._codecs and codecs != self._codecs:
            self.add(EventKind.STREAMS, f"{codecs}; before: {self._codecs}", now_ns)
        self._codecs = codecs or self._codecs

    def take(self) -> tuple[Notice, ...]:
        """What has come since the last time."""
        if not self._waiting:
            return ()
        with self._lock:
            taken = tuple(self._waiting)
            self._waiting.clear()
        return taken
