"""A film's captions in a file beside it: `film.srt` or `film.vtt` for `film.mp4`."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from flow.errors import FeedError
from flow.timebase import SCALE
from ingest.blocks import Block
from ingest.caption import Cue, Cut
from ingest.caption_lines import CaptionLines

ENDINGS = (".srt", ".vtt")
_LARGEST = 4 << 20
"""Bytes; ten hours of talk have one million."""
_MOST = 50_000
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PER_MS = SCALE // 1_000
_NEAR = SCALE // 2
"""Samples by which a film may begin again sooner than its length says."""


def beside(film: Path) -> Path | None:
    """The file with a film's captions, if there is one."""
    places = (film.with_suffix(ending) for ending in ENDINGS)
    return next((place for place in places if place != film and place.is_file()), None)


def read_sidecar(path: Path) -> tuple[Cue, ...]:
    """Its cues, the earliest first, timed from the film's beginning. Raises FeedError when it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        message = f"the captions of {path.name} cannot be read: {error.strerror}"
        raise FeedError(message) from error
    if len(raw) > _LARGEST:
        message = f"the captions of {path.name} are larger than 4 MB"
        raise FeedError(message)
    lines = CaptionLines(entities=path.suffix.lower() == ".vtt")
    cues = [*lines.feed(_decoded(raw)), *lines.close()]
    return tuple(sorted(cues, key=lambda cue: cue.start)[:_MOST])


def _decoded(raw: bytes) -> str:
    """By its mark, else UTF-8; what is not UTF-8 is taken for Windows' old Vietnamese."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark):].decode(name, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")


class Sidecar:
    """Gives each cue when the film has come to it, again in each of the film's rounds.

    The film's own packets tell where it is: a round begins with the packet that the first one began with, not
    sooner than the film's length says, since a dark film has many packets alike.
    """

    def __init__(self, cues: tuple[Cue, ...], length: int) -> None:
        """`length` is the film's in samples, 0 where it is not known: then it is not begun again."""
        self._cues = cues
        self._length = length
        self._first: bytes | None = None
        self._began = 0
        self._next = 0

    def packet(self, block: Block) -> Iterator[Cue | Cut]:
        """What the coming of one more packet of the film's picture brings."""
        at = block.millis * _PER_MS
        if self._first is None:
            self._first, self._began = block.body, at
        elif self._length and at - self._began >= self._length - _NEAR and block.body == self._first:
            self._began, self._next = at, 0
            yield Cut(at=at)
        while self._next < len(self._cues) and self._cues[self._next].start <= at - self._began:
            cue = self._cues[self._next]
            self._next += 1
            yield Cue(start=cue.start + self._began, end=cue.end + self._began, text=cue.text)
