"""When bodies may be forgotten: long after the last playlist that named them."""

import heapq
from collections.abc import Iterable

from flow.store import MediaKey


class Retention:
    """Keys, each with the time from which nobody may ask for it. Times in units, from a clock that never steps."""

    def __init__(self) -> None:
        self._due: list[tuple[int, int, MediaKey]] = []
        self._count = 0

    def later(self, keys: Iterable[MediaKey], due: int) -> None:
        """Let the keys go at `due`."""
        for key in keys:
            self._count += 1
            heapq.heappush(self._due, (due, self._count, key))

    @property
    def empty(self) -> bool:
        """Whether no key waits for its time."""
        return not self._due

    def expired(self, now: int) -> list[MediaKey]:
        """The keys whose time has come, oldest first; each is returned once."""
        gone: list[MediaKey] = []
        while self._due and self._due[0][0] <= now:
            gone.append(heapq.heappop(self._due)[2])
        return gone
