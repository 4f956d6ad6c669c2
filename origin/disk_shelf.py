"""The segments of one rendition on the disk, as columns of numbers."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator

_GONE = -1
_NO_MARK = -(2**63)
_TIDY = 1_024
"""Struck-off rows in front that are worth moving all others for."""


class DiskShelf:
    """Rows of number, run, size, time (ns) and mark, in the order in which they came: 40 bytes each, where objects
    would take ten times as much and a window of twelve hours has a hundred thousand.

    Numbers mostly rise; one that does not is found all the same, a little slower.
    """

    def __init__(self) -> None:
        self._msns = array("q")
        self._runs = array("q")
        self._sizes = array("q")
        self._since = array("q")
        self._marks = array("q")
        self._first = 0
        self._rising = True
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> int:
        """Rows that take room."""
        return len(self._msns)

    def add(self, msn: int, run: int, size: int, since_ns: int, mark: int | None) -> None:
        """Put a row behind all others; the caller knows that there is none of this number and run."""
        if len(self._msns) > self._first and msn < self._msns[-1]:
            self._rising = False
        self._msns.append(msn)
        self._runs.append(run)
        self._sizes.append(size)
        self._since.append(since_ns)
        self._marks.append(_NO_MARK if mark is None else mark)
        self._count += 1

    def get(self, msn: int, run: int) -> tuple[int, int, int | None] | None:
        """Size, time and mark, or None."""
        place = self._place(msn, run)
        return None if place is None else self._facts(place)

    def discard(self, msn: int, run: int) -> bool:
        """Strike a row off; whether it was there."""
        place = self._place(msn, run)
        if place is None:
            return False
        self._runs[place] = _GONE
        self._count -= 1
        self._advance()
        return True

    def oldest(self) -> tuple[int, int, int, int | None, int] | None:
        """Number, size, time, mark and run of the row that came first, or None."""
        return next(self._rows(), None)

    def older_than(self, limit_ns: int) -> Iterator[tuple[int, int]]:
        """Number and run of the rows in front that came before a time."""
        for msn, _, since_ns, _, run in self._rows():
            if since_ns >= limit_ns:
                return
            yield msn, run

    def move(self, by_ns: int) -> None:
        """Add to every time."""
        self._since = array("q", [since_ns + by_ns for since_ns in self._since])

    def _rows(self) -> Iterator[tuple[int, int, int, int | None, int]]:
        for place in range(self._first, len(self._msns)):
            if self._runs[place] != _GONE:
                yield (self._msns[place], *self._facts(place), self._runs[place])

    def _facts(self, place: int) -> tuple[int, int, int | None]:
        mark = self._marks[place]
        return self._sizes[place], self._since[place], None if mark == _NO_MARK else mark

    def _place(self, msn: int, run: int) -> int | None:
        start = bisect_left(self._msns, msn, lo=self._first) if self._rising else self._first
        for place in range(start, len(self._msns)):
            if self._msns[place] == msn and self._runs[place] == run:
                return place
            if self._rising and self._msns[place] != msn:
                return None
        return None

    def _advance(self) -> None:
        while self._first < len(self._runs) and self._runs[self._first] == _GONE:
            self._first += 1
        if self._first >= _TIDY or self._first == len(self._runs):
            for column in (self._msns, self._runs, self._sizes, self._since, self._marks):
                del column[:self._first]
            self._first = 0
            self._rising = self._rising or not self._count
