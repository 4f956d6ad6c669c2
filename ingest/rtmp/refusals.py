"""Whom the door refused of late, for those who wonder why no publisher comes: never a key, and never a flood."""

from collections import OrderedDict, deque
from dataclasses import dataclass

MINUTE = 60_000_000_000
MOST = 20
"""Refusals that are told within a minute, of all addresses together: guessing shall not fill anybody's log."""
KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One that is told: `number` grows by one each time, from 1. `place` names the feed that has a publisher,
    empty for whoever had no right key or came to no point."""

    number: int
    address: str
    place: str = ""


class Refusals:
    """Of each address one a minute is told, and one for each feed whose key it had. Time is the caller's:
    monotonic nanoseconds."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._kept: deque[Refusal] = deque(maxlen=KEPT)
        self._last = 0

    def note(self, address: str, now: int, place: str = "") -> None:
        """It was refused."""
        while self._told and next(iter(self._told.values())) <= now - MINUTE:
            self._told.popitem(last=False)
        if (address, place) in self._told or len(self._told) >= MOST:
            return
        self._told[address, place] = now
        self._last += 1
        self._kept.append(Refusal(number=self._last, address=address, place=place))

    def latest(self) -> tuple[Refusal, ...]:
        """The newest, oldest first."""
        return tuple(self._kept)
