"""How patient we are with a feed, and when it is left alone: what comes in kills decoder after decoder (F-03).

Values in, values out.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from ingest.retry import HEALTHY_NS, Retry

MOST = 5
WITHIN_NS = 60_000_000_000
LASTS = 60.0
"""Seconds until it is tried once more; one more crash then is enough to leave it alone again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """When its last decoders crashed, in monotonic nanoseconds. A sender that leaves or refuses is no crash."""

    crashes: tuple[int, ...] = ()

    def after(self, now_ns: int, *, crashed: bool, healthy: bool) -> Self:
        """After the end of a decoder, which may have been in good health for a while before."""
        known = () if healthy else tuple(at for at in self.crashes if now_ns - at < WITHIN_NS)
        return type(self)(crashes=(*known, now_ns)[-MOST:] if crashed else known)

    @property
    def holds(self) -> bool:
        """Whether the feed must be left alone now."""
        return len(self.crashes) >= MOST

    def over(self, now_ns: int) -> Self:
        """At its end: the feed is tried again, on probation."""
        return type(self)(crashes=(now_ns,) * (MOST - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Both together: growing pauses, and the quarantine."""

    retry: Retry = field(default_factory=Retry)
    quarantine: Quarantine = field(default_factory=Quarantine)
    alone: bool = False
    """Whether the pause is that of the quarantine."""

    def after(
        self, now_ns: int, lasted_ns: int, *, lived: bool, listens: bool, crashed: bool,
    ) -> tuple[Self, float]:
        """The next state, and seconds to wait, when a decoder ended at `now_ns`; the rest as in `Retry`."""
        retry, pause = self.retry.after(lasted_ns, lived=lived, listens=listens)
        quarantine = self.quarantine.after(now_ns, crashed=crashed, healthy=lived and lasted_ns >= HEALTHY_NS)
        if not quarantine.holds:
            return replace(self, retry=retry, quarantine=quarantine, alone=False), pause
        over = quarantine.over(now_ns + round(LASTS * 1_000_000_000))
        return replace(self, retry=retry, quarantine=over, alone=True), LASTS

    def rested(self) -> Self:
        """After it was told to rest: nothing is wrong with it, but its crashes are not forgotten."""
        return replace(self, retry=Retry(), alone=False)
