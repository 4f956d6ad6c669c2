"""How many ticks of a feed wait before they are shown: enough against jitter, few against delay."""

from dataclasses import dataclass, replace
from typing import Self

TARGET = 3
"""Ticks that a feed must have before it is (again) taken for live."""
HIGH = 10
"""When never fewer than so many waited in a WINDOW, one tick is dropped."""
FLOOD = 25
"""When never fewer than so many waited in a WINDOW, all but TARGET are dropped (F-09)."""
WINDOW = 75
"""Ticks over which the fewest that waited are judged: 3 s. What comes in bursts and is used up is no delay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jitter:
    """State between two ticks: `filling` until TARGET ticks wait; `least` of the last `seen` ticks waited.

    What a `fresh` feed brings at once is old, and dropped. A feed that has run dry later comes in bursts: they are
    kept, since the next break would find nothing otherwise.
    """

    fresh: bool = True
    filling: bool = True
    seen: int = 0
    least: int = 0

    def before(self, depth: int) -> tuple[Self, int]:
        """The state, and how many ticks to drop, when a tick is due and `depth` wait."""
        if self.filling and depth < TARGET:
            return self, 0
        if self.fresh:
            return replace(self, fresh=False, filling=False, seen=0), max(0, depth - TARGET)
        least = min(self.least, depth) if self.seen else depth
        state = replace(self, filling=False, seen=self.seen + 1, least=least)
        if state.seen < WINDOW:
            return state, 0
        state = replace(state, seen=0)
        if least > FLOOD:
            return state, least - TARGET
        return state, int(least > HIGH)

    def after(self, *, taken: bool) -> Self:
        """The state after the tick: a feed that had nothing must fill again."""
        return self if taken else replace(self, filling=True, seen=0)
