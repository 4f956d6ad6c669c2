"""What a bad network does to datagrams: decided from a seed, packet by packet, without a clock or a socket."""

import random
from dataclasses import dataclass, field

_OVERTAKEN = 0.03
"""Seconds that a reordered datagram is held back: those behind it go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impairment:
    """One direction of a network. Chances are per datagram, 0 to 1; times are seconds.

    `burst` is the chance that a burst of `burst_length` lost datagrams begins. `rate` is bytes a second, 0 for no
    limit, and what would wait longer than `queue` seconds for it is lost. `bit_errors` is the chance per bit.
    `blackouts` and `freezes` are (begin, length) since the impairment was set: in a blackout all is lost, in a
    freeze all is held and comes at once at its end.
    """

    loss: float = 0.0
    burst: float = 0.0
    burst_length: int = 20
    duplicate: float = 0.0
    reorder: float = 0.0
    bit_errors: float = 0.0
    delay: float = 0.0
    jitter: float = 0.0
    rate: float = 0.0
    queue: float = 1.0
    blackouts: tuple[tuple[float, float], ...] = ()
    freezes: tuple[tuple[float, float], ...] = ()


CLEAN = Impairment()


@dataclass(slots=True, kw_only=True)
class Counts:
    """What was done to one direction."""

    taken: int = 0
    lost: int = 0
    duplicated: int = 0
    reordered: int = 0
    damaged: int = 0
    held: int = 0


@dataclass(slots=True)
class Path:
    """One direction: `through` says what becomes of each datagram. The same seed and times give the same fate."""

    seed: str
    impairment: Impairment = CLEAN
    counts: Counts = field(default_factory=Counts)
    _began: float | None = None
    _burst_left: int = 0
    _free: float = 0.0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def become(self, impairment: Impairment, now: float) -> None:
        """From now on another network; the times of its blackouts and freezes count from now."""
        self.impairment, self._began, self._burst_left = impairment, now, 0

    def through(self, data: bytes, now: float) -> list[tuple[float, bytes]]:
        """Seconds to wait and bytes to send then, for each copy that arrives; empty when it is lost."""
        counts = self.counts
        counts.taken += 1
        delay = self._wait(now)
        queued = self._queue(len(data), now)
        if self._lost(now) or queued is None:
            counts.lost += 1
            return []
        sent = self._damaged(data)
        copies = 1
        if self._happens(self.impairment.duplicate):
            counts.duplicated += 1
            copies = 2
        return [(delay + queued, sent)] * copies

    def _happens(self, chance: float) -> bool:
        return chance > 0 and self._chance.random() < chance

    def _lost(self, now: float) -> bool:
        if self._within(self.impairment.blackouts, now) is not None:
            return True
        if self._burst_left:
            self._burst_left -= 1
            return True
        if self._happens(self.impairment.burst):
            self._burst_left = self.impairment.burst_length - 1
            return True
        return self._happens(self.impairment.loss)

    def _wait(self, now: float) -> float:
        here = self.impairment
        wait = max(0.0, here.delay + (self._chance.uniform(-here.jitter, here.jitter) if here.jitter else 0.0))
        if self._happens(here.reorder):
            self.counts.reordered += 1
            wait += _OVERTAKEN
        left = self._within(here.freezes, now)
        if left is None:
            return wait
        self.counts.held += 1
        return left

    def _within(self, spans: tuple[tuple[float, float], ...], now: float) -> float | None:
        """Seconds until the end of the span that holds `now`."""
        if self._began is None:
            self._began = now
        since = now - self._began
        return next((begin + length - since for begin, length in spans if begin <= since < begin + length), None)

    def _queue(self, size: int, now: float) -> float | None:
        """Seconds that the rate lets it wait; None when the queue is full."""
        if not self.impairment.rate:
            return 0.0
        self._free = max(self._free, now)
        if self._free - now > self.impairment.queue:
            return None
        self._free += size / self.impairment.rate
        return self._free - now

    def _damaged(self, data: bytes) -> bytes:
        if not self._happens(self.impairment.bit_errors * 8 * len(data)):
            return data
        self.counts.damaged += 1
        broken = bytearray(data)
        place = self._chance.randrange(8 * len(data))
        broken[place // 8] ^= 1 << place % 8
        return bytes(broken)
