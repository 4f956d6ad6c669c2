"""How long to wait before a lost feed is tried again."""

from dataclasses import dataclass
from typing import Self

FIRST = 0.5
LONGEST = 8.0
AGAIN = 0.1
"""A listener whose caller has left listens again at once, since the caller may be back at once."""
HEALTHY_NS = 10_000_000_000
SHORT_NS = 2_000_000_000
"""A shorter life with pictures may mean that what comes kills decoders (F-03)."""
LISTENING = 0.6
"""The longest pause of a listener: with its start it is back within a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Pauses of 0.5, 1, 2, 4, then 8 s; from the start again after 10 s of health."""

    pause: float = FIRST

    def after(self, lasted_ns: int, *, lived: bool, listens: bool = False) -> tuple[Self, float]:
        """The next state, and seconds to wait, when a decoder ended; `lived` says that it had pictures, `listens`
        that the sender calls us."""
        if listens and (lasted_ns >= SHORT_NS if lived else lasted_ns >= HEALTHY_NS):
            return type(self)(), AGAIN
        pause = FIRST if lived and lasted_ns >= HEALTHY_NS else self.pause
        longest = LISTENING if listens else LONGEST
        return type(self)(pause=min(longest, pause * 2)), pause
