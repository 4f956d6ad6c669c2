"""The marks of a channel that its playlists carry."""

from dataclasses import dataclass, replace
from typing import Any, Self

from packager.fields import items, number, record, text
from packager.mark import MILLI, Mark

MOST = 100
"""At a time: all stand in every playlist, also in its updates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """In the order in which they were set. `last` is the highest number that an id ever had."""

    all: tuple[Mark, ...] = ()
    last: int = 0

    def with_one(self, said: str, *, start: int, duration: int | None, kind: str, now: int) -> Self:
        """One more; raises ValueError when it is none or when there are too many.

        Its number is the millisecond, or one that is higher than all before: no id comes twice, also when the
        notes are lost.
        """
        if len(self.all) >= MOST:
            message = f"playlists carry {MOST} marks already"
            raise ValueError(message)
        last = max(self.last + 1, now // MILLI)
        mark = Mark(
            id=f"mark-{last}", text=said, start=start, duration=duration, kind=kind, opened=duration is None,
        )
        return replace(self, all=(*self.all, mark), last=last)

    def with_end(self, name: str, end: int) -> Self:
        """With the open mark of that id ended. Raises KeyError when there is no such mark, ValueError when it has
        an end, or begins later."""
        mark = next((one for one in self.all if one.id == name), None)
        if mark is None:
            raise KeyError(name)
        if mark.duration is not None:
            message = f"{name} has an end, which cannot be changed"
            raise ValueError(message)
        ended = replace(mark, duration=end - mark.start)
        return replace(self, all=tuple(ended if one is mark else one for one in self.all))

    def since(self, place: int) -> Self:
        """Without those that ended before a place: nothing that they speak of is listed (RFC 8216bis 6.2.1)."""
        kept = tuple(mark for mark in self.all if mark.end is None or mark.end >= place)
        return self if len(kept) == len(self.all) else replace(self, all=kept)

    def lines(self) -> list[str]:
        """All tags."""
        return [line for mark in self.all for line in mark.lines()]

    def to_notes(self) -> dict[str, Any]:
        """Plain values."""
        return {"last": self.last, "all": [_plain(mark) for mark in self.all]}

    @classmethod
    def from_notes(cls, notes: object) -> Self:
        """What `to_notes` wrote, none for None; raises ValueError for anything else."""
        if notes is None:
            return cls()
        data = record(notes)
        return cls(all=tuple(_mark(record(entry)) for entry in items(data, "all")), last=number(data, "last"))


def _plain(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.id, "text": mark.text, "start": mark.start, "duration": mark.duration, "kind": mark.kind,
        "opened": int(mark.opened),
    }


def _mark(data: dict[str, Any]) -> Mark:
    duration = None if data.get("duration") is None else number(data, "duration")
    said = data.get("text")
    if not isinstance(said, str):
        message = "a mark without a text"
        raise ValueError(message)  # noqa: TRY004 - broken notes are one kind of error
    return Mark(
        id=text(data, "id"), text=said, start=number(data, "start"), duration=duration, kind=text(data, "kind"),
        opened=number(data, "opened") == 1,
    )
