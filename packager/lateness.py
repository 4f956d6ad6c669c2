"""How late chunks usually come, and when a missing one is lost."""

from collections import deque

from flow.profile import Profile
from flow.timebase import SCALE
from packager.grid import target_units

_REMEMBERED = 32
_AT_FIRST = SCALE * 3 // 2
_LOWEST = SCALE // 5
_HIGHEST = SCALE * 2


class Lateness:
    """The lateness of the last chunks of one rendition, in units between a chunk's end and its arrival."""

    __slots__ = ("_recent",)

    def __init__(self) -> None:
        self._recent: deque[int] = deque(maxlen=_REMEMBERED)

    def add(self, lateness: int) -> None:
        """Note one accepted chunk."""
        self._recent.append(lateness)

    @property
    def most(self) -> int | None:
        """The largest recent lateness as it was, None while nothing is known."""
        return max(self._recent, default=None)

    @property
    def usual(self) -> int:
        """What to expect: the largest recent lateness, within 0.2 and 2 s; 1.5 s while nothing is known.

        When even the quickest recent chunk took longer than that, the worker's clock is behind or it works
        off a backlog; the whole stream is late then, nothing is lost, and its pace sets the expectation. When even
        the slowest came before its time, the worker's clock is ahead, after a step of one of the two perhaps by an
        hour: that too is its pace, else what is missing would be found out an hour late.
        """
        if not self._recent:
            return _AT_FIRST
        if max(self._recent) < 0:
            return max(self._recent) + _LOWEST
        return max(_LOWEST, min(_HIGHEST, max(self._recent)), min(self._recent))


def lost_until(profile: Profile, lateness: Lateness, now: int) -> int:
    """Parts that end at or before this place are lost if they have not come, at `now` (units since the epoch).

    A new segment must be listed within 1.5 target durations of the one before (RFC 8216bis 6.2.1). What
    that leaves beyond the segment's own length is the grace on top of the usual lateness.
    """
    grace = target_units(profile) * 3 // 2 - profile.segment
    return (now - lateness.usual - grace) // profile.chunk * profile.chunk
