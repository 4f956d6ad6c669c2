"""How many ticks of a feed wait before they are shown: enough against jitter, few against delay."""

from dataclasses import dataclass, replace
from typing import Self

TARGET = 3
"""Ticks that a feed must have before it is (again) taken for live."""
HIGH = 10
"""More than this for PATIENCE ticks on end, and one tick is dropped."""
BURST = 25
"""More than this at once is a flood after a break: what is older than TARGET ticks goes at once."""
PATIENCE = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Jitter:
    """State between two ticks: `filling` until TARGET ticks wait, `high` counts ticks with too many waiting.

    What a `fresh` feed brings at once is old, and dropped. A feed that has run dry later comes in bursts: they are
    kept, since the next break would find nothing otherwise.
    """

    fresh: bool = True
    filling: bool = True
    high: int = 0

    def before(self, depth: int) -> tuple[Self, int]:
        """The state, and how many ticks to drop, when a tick is due and `depth` wait."""
        if self.filling and depth < TARGET:
            return self, 0
        state = replace(self, fresh=False, filling=False)
        if self.fresh or depth > BURST:
            return replace(state, high=0), max(0, depth - TARGET)
        high = self.high + 1 if depth > HIGH else 0
        return (replace(state, high=0), 1) if high > PATIENCE else (replace(state, high=high), 0)

    def after(self, *, taken: bool) -> Self:
        """The state after the tick: a feed that had nothing must fill again."""
        return self if taken else replace(self, filling=True, high=0)
