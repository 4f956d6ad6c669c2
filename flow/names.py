"""Names of media resources: integers in, integers out, never joined to a path.

`<msn>-<run>.m4s` a segment, `<msn>-<run>.<part>.m4s` a part, `init-<run>.mp4` an init section. With the run in
the name, no URI ever has two contents. `<msn>-<run>.ts` is a segment of a transport stream, and
`<msn>-<run>-<run>.ts` one whose halves come from two runs, 0 for what was lost. `<run>.<run>` there says that
picture and sound come from two runs, as they may where two workers make a channel.

Parts and segments of captions are called `.vtt` where viewers see them, thumbnails `.jpg`; stores know them by
their integers as they do all others. `<msn>-<run>.<count>.jpg` is a sheet of so many thumbnails.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_SEGMENT = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})\.m4s", re.ASCII)
_PART = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,14})\.(0|[1-9][0-9]{0,3})\.m4s", re.ASCII)
_RUNS = r"(0|[1-9][0-9]{0,14})(?:\.([1-9][0-9]{0,14}))?"
_TS = re.compile(rf"(0|[1-9][0-9]{{0,14}})-{_RUNS}(?:-{_RUNS})?\.ts", re.ASCII)
_MEDIA, _TEXT, _PICTURE = ".m4s", ".vtt", ".jpg"
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
    """A segment of a transport stream; `second` is the run of its second half where that is another one.

    `sound` and `second_sound` are the runs of each half's sound, where they are not the picture's.
    """

    msn: int
    run: int
    second: int | None = None
    sound: int | None = None
    second_sound: int | None = None

    @classmethod
    def of(cls, msn: int, runs: Sequence[int], sounds: Sequence[int] = ()) -> Self:
        """The name of a segment whose one or two pieces come from these runs, their sound from `sounds`."""
        pairs = [(run, sound if sound != run else None) for run, sound in zip(runs, sounds or runs, strict=True)]
        (run, sound), (second, second_sound) = pairs[0], pairs[-1]
        if pairs[-1] == pairs[0]:
            return cls(msn, run, sound=sound)
        return cls(msn, run, second, sound, second_sound)

    def __str__(self) -> str:
        second = "" if self.second is None else f"-{_runs_text(self.second, self.second_sound)}"
        return f"{self.msn}-{_runs_text(self.run, self.sound)}{second}.ts"


def _runs_text(run: int, sound: int | None) -> str:
    return str(run) if sound is None else f"{run}.{sound}"


MediaName = InitName | SegmentName | PartName | TsName


def parse_name(text: str) -> MediaName | None:
    """The name that `text` spells, or None when it spells none."""
    if found := _SEGMENT.fullmatch(text):
        return SegmentName(int(found[1]), int(found[2]))
    if found := _PART.fullmatch(text):
        return PartName(int(found[1]), int(found[2]), int(found[3]))
    if found := _TS.fullmatch(text):
        run, sound, second, second_sound = (int(number) if number else None for number in found.groups()[1:])
        once = (run, sound) != (second, second_sound) and run != sound
        if once and (second is None or second != second_sound):
            return TsName(int(found[1]), int(found[2]), second, sound, second_sound)
    if found := _INIT.fullmatch(text):
        return InitName(int(found[1]))
    return None


def text_name(name: SegmentName | PartName) -> str:
    """How the name is spelled where the media is text."""
    return str(name).removesuffix(_MEDIA) + _TEXT


def parse_text_name(text: str) -> SegmentName | PartName | None:
    """The name that `text` spells there, or None."""
    return _parse_as(text, _TEXT)


def picture_name(name: SegmentName | PartName) -> str:
    """How the name is spelled where the media is a JPEG: one picture, or a sheet of as many as the part says."""
    return str(name).removesuffix(_MEDIA) + _PICTURE


def parse_picture_name(text: str) -> SegmentName | PartName | None:
    """The name that `text` spells there, or None."""
    return _parse_as(text, _PICTURE)


def _parse_as(text: str, ending: str) -> SegmentName | PartName | None:
    name = parse_name(text.removesuffix(ending) + _MEDIA) if text.endswith(ending) else None
    return name if isinstance(name, SegmentName | PartName) else None
