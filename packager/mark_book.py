"""Where operators set marks on a channel, and end them."""

from collections.abc import Callable, Iterator

from flow.timebase import utc_text
from packager.mark import FARTHEST, MILLI, USUAL, Mark
from packager.marks import Marks
from packager.timeline import Timeline


class MarkBook:
    """The marks of one timeline, in the order in which they were set."""

    def __init__(self, timeline: Timeline, now: Callable[[], int], changed: Callable[[], None]) -> None:
        """`now` is the channel's clock in units; `changed` is called when the playlists have to say something
        new."""
        self._timeline = timeline
        self._now = now
        self._changed = changed

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._timeline.marks.all)

    def set(self, text: str, *, start: int | None = None, duration: int | None = 0, kind: str = USUAL) -> Mark:
        """Set a mark at a place in units, now unless given, and list it in every playlist. It lasts so many units;
        with None it is open. Raises ValueError when it is none, or lies where the playlists do not reach."""
        now, first = self._present, self._timeline.first
        place = now if start is None else start
        if not first <= place <= now + FARTHEST:
            message = f"a mark lies between {utc_text(first)}, where the playlists begin, and a day from now"
            raise ValueError(message)
        marks = self._timeline.marks.with_one(text, start=place, duration=duration, kind=kind, now=now)
        self._write(marks)
        return marks.all[-1]

    def end(self, name: str, at: int | None = None) -> Mark:
        """Give an open mark its end, now unless given. Raises KeyError when there is none of that id, ValueError
        when it cannot end there."""
        now = self._present
        if at is not None and at > now + FARTHEST:
            message = "a mark ends within a day from now"
            raise ValueError(message)
        self._write(self._timeline.marks.with_end(name, now if at is None else at, now=now))
        return next(mark for mark in self if mark.id == name)

    @property
    def _present(self) -> int:
        return self._now() // MILLI * MILLI

    def _write(self, marks: Marks) -> None:
        self._timeline.marks = marks
        self._changed()
