"""When each key of an encrypted channel serves. Pure.

A key's number is its first place on the clock grid, in steps of UNIT: it says the same on every headend, whatever
the channel's profile is and however long a key of it serves. A place is encrypted with the newest key that begins
at or before it; so a key that could not be made in time leaves the one before it in use, and nothing in clear.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from flow.ids import ChannelId
from flow.timebase import GOP, SCALE

UNIT = 2 * GOP
"""The longest segment of any list, so that no segment has two keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTurns:
    """The numbers of a channel's keys, rising; never the keys themselves. Nothing is asked while there is none."""

    channel: ChannelId
    numbers: tuple[int, ...] = field(repr=False)

    def at(self, start: int) -> int:
        """The number of the key that the segment from `start` on is encrypted with; the first one's for what
        begins before it."""
        return self.numbers[max(0, bisect_right(self.numbers, start // UNIT) - 1)]

    def done_before(self, start: int) -> tuple[int, ...]:
        """The numbers of the keys that serve nothing from `start` on."""
        return self.numbers[:max(0, bisect_right(self.numbers, start // UNIT) - 1)]


def period_units(seconds: int) -> int:
    """How long a key serves, in units: whole UNITs, at most so many seconds but for the shortest."""
    return max(1, seconds * SCALE // UNIT) * UNIT


def due(numbers: Sequence[int], *, period: int, floor: int, earliest: int, until: int) -> tuple[int, ...]:
    """Numbers of the keys that are wanting for the places from `earliest` to before `until`, turns being multiples
    of `period`.

    Everything up to `floor` is listed under the keys that there are: none may begin there any more. Where there is
    none, they are lost, and what is listed has had numbers that players remember: the first lies above them all,
    in the period that is under way.
    """
    begun = earliest // period * period
    if not numbers:
        first = max(begun, (floor // UNIT + 1) * UNIT)
        turns = range(first // period * period + period, until, period)
        return tuple(start // UNIT for start in (first, *turns))
    settled = max(floor, numbers[-1] * UNIT)
    return tuple(start // UNIT for start in range(begun, until, period) if start > settled)
