"""Names of media resources: integers in, integers out, never joined to a path.

`<msn>-<run>.m4s` a segment, `<msn>-<run>.<part>.m4s` a part, `init-<run>.mp4` an init section. With the run in
the name, no URI ever has two contents. `<msn>-<run>.ts` is a segment of a transport stream, and
`<msn>-<run>-<run>.ts` one whose halves come from two runs, 0 for what was lost.

Parts and segments of captions are called `.vtt` where viewers see them; stores know them by their integers as
they do all others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_SEGMENT = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})\.m4s", re.ASCII)
_PART = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})\.(0|[1-9][0-9]{0,3})\.m4s", re.ASCII)
_TS = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})(?:-(0|[1-9][0-9]{0,14}))?\.ts", re.ASCII)
_MEDIA, _TEXT = ".m4s", ".vtt"
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


@dataclass(frozen=True, slots=True)
class TsName:
    """A segment of a transport stream; `second` is the run of its second half where that is another one."""

    msn: int
    run: int
    second: int | None = None

    @classmethod
    def of(cls, msn: int, runs: Sequence[int]) -> Self:
        """The name of a segment whose one or two pieces come from these runs."""
        return cls(msn, runs[0], runs[-1] if runs[-1] != runs[0] else None)

    def __str__(self) -> str:
        second = "" if self.second is None else f"-{self.second}"
        return f"{self.msn}-{self.run}{second}.ts"


MediaName = InitName | SegmentName | PartName | TsName


def parse_name(text: str) -> MediaName | None:
    """The name that `text` spells, or None when it spells none."""
    if found := _SEGMENT.fullmatch(text):
        return SegmentName(int(found[1]), int(found[2]))
    if found := _PART.fullmatch(text):
        return PartName(int(found[1]), int(found[2]), int(found[3]))
    if (found := _TS.fullmatch(text)) and found[2] != found[3]:
        return TsName(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := _INIT.fullmatch(text):
        return InitName(int(found[1]))
    return None


def text_name(name: SegmentName | PartName) -> str:
    """How the name is spelled where the media is text."""
    return str(name).removesuffix(_MEDIA) + _TEXT


def parse_text_name(text: str) -> SegmentName | PartName | None:
    """The name that `text` spells there, or None."""
    name = parse_name(text.removesuffix(_TEXT) + _MEDIA) if text.endswith(_TEXT) else None
    return name if isinstance(name, SegmentName | PartName) else None
