"""The marks of a channel that its playlists carry."""

from dataclasses import dataclass, replace
from typing import Any, Self

from flow.timebase import SCALE
from packager.fields import items, number, record, text
from packager.mark import MILLI, PROGRAMME, Mark

MOST = 100
"""At a time: all stand in every playlist."""
_TOLD = 120 * SCALE
"""How long it is known which have left: updates tell of it, which reach back far less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """In the order in which they were set. `last` is the highest number that an id ever had; `removed` are ids
    that have left of late, with when they did."""

    all: tuple[Mark, ...] = ()
    last: int = 0
    removed: tuple[tuple[str, int], ...] = ()

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
            changed=now,
        )
        return replace(self, all=(*self.all, mark), last=last)

    def with_programme(self, name: str, title: str, title_en: str, *, start: int, now: int) -> Self:
        """With a programme that is on air from that place on; itself where there is one that goes on. One that was
        ended, and is on air again, is another range with a number: what a tag says never changes. Raises
        ValueError when it cannot be one, or when there are too many."""
        mine = [mark for mark in self.all if mark.kind == PROGRAMME and _programme(mark.id) == name]
        if any(mark.duration is None for mark in mine):
            return self
        if len(self.all) >= MOST:
            message = f"playlists carry {MOST} marks already"
            raise ValueError(message)
        known = [mark.id for mark in mine] + [gone for gone, _ in self.removed if _programme(gone) == name]
        mark = Mark(
            id=f"{name}.{len(known) + 1}" if known else name, text=title, text_en=title_en,
            start=max([start, *(mark.end or 0 for mark in mine)]), duration=None, kind=PROGRAMME, opened=True,
            changed=now,
        )
        return replace(self, all=(*self.all, mark))

    def with_end(self, name: str, end: int, *, now: int) -> Self:
        """With the open mark of that id ended. Raises KeyError when there is no such mark, ValueError when it has
        an end, or begins later."""
        mark = next((one for one in self.all if one.id == name), None)
        if mark is None:
            raise KeyError(name)
        if mark.duration is not None:
            message = f"{name} has an end, which cannot be changed"
            raise ValueError(message)
        ended = replace(mark, duration=end - mark.start, changed=now)
        return replace(self, all=tuple(ended if one is mark else one for one in self.all))

    def since(self, place: int, *, now: int) -> Self:
        """Without those that ended before a place: nothing that they speak of is listed (RFC 8216bis 6.2.1)."""
        kept = tuple(mark for mark in self.all if mark.end is None or mark.end >= place)
        if len(kept) == len(self.all):
            return self
        known = [one for one in self.removed if one[1] >= now - _TOLD]
        gone = [(mark.id, now) for mark in self.all if mark not in kept]
        return replace(self, all=kept, removed=(*known, *gone))

    def changed_since(self, place: int) -> Self:
        """Without those that were there before a place as they are now."""
        return replace(self, all=tuple(mark for mark in self.all if mark.changed >= place))

    def removed_since(self, place: int) -> list[str]:
        """The ids of those that left at a place or later."""
        return [name for name, when in self.removed if when >= place]

    def lines(self) -> list[str]:
        """All tags."""
        return [line for mark in self.all for line in mark.lines()]

    def to_notes(self) -> dict[str, Any]:
        """Plain values."""
        removed = [{"id": name, "at": when} for name, when in self.removed]
        return {"last": self.last, "all": [_plain(mark) for mark in self.all], "removed": removed}

    @classmethod
    def from_notes(cls, notes: object) -> Self:
        """What `to_notes` wrote, none for None; raises ValueError for anything else."""
        if notes is None:
            return cls()
        data = record(notes)
        gone = [record(entry) for entry in items(data, "removed")] if "removed" in data else []
        return cls(
            all=tuple(_mark(record(entry)) for entry in items(data, "all")), last=number(data, "last"),
            removed=tuple((text(entry, "id"), number(entry, "at")) for entry in gone),
        )


def _programme(name: str) -> str:
    """The programme of which a range of that id tells."""
    return name.partition(".")[0]


def _plain(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.id, "text": mark.text, "start": mark.start, "duration": mark.duration, "kind": mark.kind,
        "opened": int(mark.opened), "changed": mark.changed,
        **({"text_en": mark.text_en} if mark.text_en else {}),
    }


def _mark(data: dict[str, Any]) -> Mark:
    duration = None if data.get("duration") is None else number(data, "duration")
    said = data.get("text")
    if not isinstance(said, str):
        message = "a mark without a text"
        raise ValueError(message)  # noqa: TRY004 - broken notes are one kind of error
    return Mark(
        id=text(data, "id"), text=said, start=number(data, "start"), duration=duration, kind=text(data, "kind"),
        opened=number(data, "opened") == 1, changed=number(data, "changed") if "changed" in data else 0,
        text_en=str(data.get("text_en", "")),
    )
