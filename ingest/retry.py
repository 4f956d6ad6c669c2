"""How long to wait before a lost feed is tried again."""

from dataclasses import dataclass
from typing import Self

FIRST = 0.5
LONGEST = 8.0
HEALTHY_NS = 10_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Pauses of 0.5, 1, 2, 4, then 8 s; from the start again after 10 s of health."""

    pause: float = FIRST

    def after(self, lasted_ns: int, *, lived: bool) -> tuple[Self, float]:
        """The next state, and seconds to wait, when a decoder ended; `lived` says that it had pictures."""
        pause = FIRST if lived and lasted_ns >= HEALTHY_NS else self.pause
        return type(self)(pause=min(LONGEST, pause * 2)), pause
