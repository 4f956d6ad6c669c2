"""The pictures that wait, by their number since the decoder's zero. No I/O, no clock."""

from collections import deque

from flow.tick import Picture

ROOM = 50
"""Ticks of pictures kept at most: two seconds, and what a long delay needs."""


class PictureReel:
    """Pictures in a row, and the last one that was shown. `end` is the number of the next one to come; `longer`
    are ticks that wait beyond the usual."""

    def __init__(self, per_tick: int, longer: int = 0) -> None:
        self._per_tick = per_tick
        self._room = (ROOM + longer) * per_tick
        self._pictures: deque[Picture] = deque()
        self._last: Picture | None = None
        self.end = 0
        self.shown = -1
        self.dropped = 0
        """Pictures for which there was no room."""

    def widen(self, longer: int) -> None:
        """Other ticks wait beyond the usual from now on."""
        self._room = (ROOM + longer) * self._per_tick

    def __len__(self) -> int:
        return len(self._pictures)

    @property
    def first(self) -> int:
        """The number of the oldest picture that waits; `end` when none does."""
        return self.end - len(self._pictures)

    def add(self, picture: Picture) -> int:
        """Keep one picture more, and lose the oldest when there is no room; gives its number."""
        self._pictures.append(picture)
        self.end += 1
        if len(self._pictures) > self._room:
            self._pictures.popleft()
            self.dropped += 1
        return self.end - 1

    @property
    def begun(self) -> bool:
        """Whether a picture was shown."""
        return self._last is not None

    def show(self, number: int) -> Picture:
        """That picture, or the newest before it; the last one shown when none is newer.

        Those before it are thrown away. Raises IndexError when there was never any.
        """
        while self._pictures and self.first <= number:
            self.shown = self.first
            self._last = self._pictures.popleft()
        if self._last is None:
            raise IndexError(number)
        return self._last
