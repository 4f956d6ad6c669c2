"""A film's captions in a file beside it: `film.srt` or `film.vtt` for `film.mp4`."""

import codecs
from pathlib import Path

from flow.errors import FeedError
from ingest.captions.caption import Cue
from ingest.captions.lines import CaptionLines

ENDINGS = (".srt", ".vtt")
_LARGEST = 4 << 20
"""Bytes; ten hours of talk have one million."""
_MOST = 50_000
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


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
