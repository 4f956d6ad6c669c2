"""How fast something comes, from looks at a count that only grows."""

from dataclasses import dataclass, replace
from typing import Self

SPAN_NS = 2_000_000_000
"""Over how long a rate is taken: a GOP or so, since pictures differ in size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """The last whole span's rate, and where the present one began."""

    since_ns: int = 0
    count: int = 0
    per_second: int = 0

    def look(self, count: int, now_ns: int) -> Self:
        """After a look at `count`; a count that fell began anew."""
        if count < self.count or not self.since_ns:
            return replace(self, since_ns=now_ns, count=count, per_second=0)
        passed = now_ns - self.since_ns
        if passed < SPAN_NS:
            return self
        rate = (count - self.count) * 1_000_000_000 // passed
        return replace(self, since_ns=now_ns, count=count, per_second=rate)
