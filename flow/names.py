"""Names of media resources: integers in, integers out, never joined to a path.

`<msn>-<run>.m4s` a segment, `<msn>-<run>.<part>.m4s` a part, `init-<run>.mp4` an init section. With the run in
the name, no URI ever has two contents.
"""

import re
from dataclasses import dataclass

_SEGMENT = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})\.m4s", re.ASCII)
_PART = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})\.(0|[1-9][0-9]{0,3})\.m4s", re.ASCII)
_INIT = re.compile(r"init-(0|[1-9][0-9]{0,14})\.mp4", re.ASCII)


@dataclass(frozen=True, slots=True)
class InitName:
    """The init section of a run."""

    run: int

    def __str__(self) -> str:
        return f"init-{self.run}.mp4"


@dataclass(frozen=True, slots=True)
class SegmentName:
    """A whole segment."""

    msn: int
    run: int

    def __str__(self) -> str:
        return f"{self.msn}-{self.run}.m4s"


@dataclass(frozen=True, slots=True)
class PartName:
    """One part of a segment, counted from 0."""

    msn: int
    run: int
    part: int

    def __str__(self) -> str:
        return f"{self.msn}-{self.run}.{self.part}.m4s"


MediaName = InitName | SegmentName | PartName


def parse_name(text: str) -> MediaName | None:
    """The name that `text` spells, or None when it spells none."""
    if found := _SEGMENT.fullmatch(text):
        return SegmentName(int(found[1]), int(found[2]))
    if found := _PART.fullmatch(text):
        return PartName(int(found[1]), int(found[2]), int(found[3]))
    if found := _INIT.fullmatch(text):
        return InitName(int(found[1]))
    return None
