"""Where operators set marks on a channel, and end them."""

from collections.abc import Callable, Iterator

from flow.timebase import utc_text
from packager.mark import FARTHEST, MILLI, PROGRAMME, USUAL, Mark
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
        if kind == PROGRAMME:
            message = f"the class {kind} is the schedule's"
            raise ValueError(message)
        now, first = self._present, self._timeline.first
        place = now if start is None else start
        if not first <= place <= now + FARTHEST:
            message = f"a mark lies between {utc_text(first)}, where the playlists begin, and a day from now"
            raise ValueError(message)
        marks = self._timeline.marks.with_one(text, start=place, duration=duration, kind=kind, now=now)
        self._write(marks)
        return marks.all[-1]

    def programme(self, name: str, title: str, title_en: str, *, start: int) -> None:
        """List that a programme is on air from a place on, unless that is listed. Raises ValueError when it cannot
        be."""
        self._renewed(self._timeline.marks.with_programme(
            name, title, title_en, start=start // MILLI * MILLI, now=self._present,
        ))

    def programme_over(self, name: str, end: int) -> None:
        """Give the open range of that id its end. Raises as `end` does."""
        mark = next((one for one in self if one.id == name), None)
        end = max(end, mark.start if mark else 0) // MILLI * MILLI
        self._renewed(self._timeline.marks.with_end(name, end, now=self._present))

    @property
    def programmes(self) -> tuple[Mark, ...]:
        """Those programmes that are listed as on air."""
        return tuple(mark for mark in self if mark.kind == PROGRAMME and mark.duration is None)

    def end(self, name: str, at: int | None = None) -> Mark:
        """Give an open mark its end, now unless given. Raises KeyError when there is none of that id, ValueError
        when it cannot end there."""
        now = self._present
        if any(mark.id == name and mark.kind == PROGRAMME for mark in self):
            message = f"{name} is a programme, which ends with `xacast programme stop`"
            raise ValueError(message)
        if at is not None and at > now + FARTHEST:
            message = "a mark ends within a day from now"
            raise ValueError(message)
        self._write(self._timeline.marks.with_end(name, now if at is None else at, now=now))
        return next(mark for mark in self if mark.id == name)

    @property
    def _present(self) -> int:
        return self._now() // MILLI * MILLI

    def _renewed(self, marks: Marks) -> None:
        if marks is not self._timeline.marks:
            self._write(marks)

    def _write(self, marks: Marks) -> None:
        self._timeline.marks = marks
        self._changed()
