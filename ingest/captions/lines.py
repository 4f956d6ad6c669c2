"""Reads SubRip and WebVTT: text with the times at which it stands. No I/O: text in, cues out, however it is split.

Both are blocks of lines with a blank line between, each with a line of two times before its text
(https://www.w3.org/TR/webvtt1/, section 4; SubRip has no standard). What has no such line (a number, a header, a
style, a note) is passed over.
"""

import html
import re
from collections.abc import Iterator

from flow.timebase import SCALE
from ingest.captions.caption import Cue
from ingest.captions.text import tidy

_TIME = r"(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:\s.*)?")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d\d:[\d:.]{1,20}>|\{\\[^{}]{0,200}\}")
"""Tags and times within a text, and placement as {\\an8}."""
_MOST_LINES = 32
_LONGEST = 4_096
"""Letters of a line; what is longer is cut off (T-09)."""


class CaptionLines:
    """One stream of text. `entities` says that it has `&amp;` and the like, as WebVTT has."""

    def __init__(self, *, entities: bool = False) -> None:
        self._entities = entities
        self._rest = ""
        self._times: tuple[int, int] | None = None
        self._text: list[str] = []

    def feed(self, text: str) -> Iterator[Cue]:
        """Cues that are complete now: a blank line has followed."""
        *lines, self._rest = (self._rest + text).split("\n")
        self._rest = self._rest[:_LONGEST]
        for line in lines:
            yield from self._line(line[:_LONGEST].rstrip("\r"))

    def close(self) -> Iterator[Cue]:
        """The last cue, which no blank line needs to follow."""
        rest, self._rest = self._rest, ""
        yield from self._line(rest)
        yield from self._line("")

    def _line(self, line: str) -> Iterator[Cue]:
        if found := _TIMES.fullmatch(line):
            self._times, self._text = (_samples(*found.groups()[:4]), _samples(*found.groups()[4:])), []
        elif line.strip():
            if self._times and len(self._text) < _MOST_LINES:
                self._text.append(line)
        elif self._times:
            yield from self._cue(self._times)
            self._times, self._text = None, []

    def _cue(self, times: tuple[int, int]) -> Iterator[Cue]:
        plain = _MARKUP.sub("", "\n".join(self._text))
        text = tidy(html.unescape(plain) if self._entities else plain)
        if text and times[0] < times[1]:
            yield Cue(start=times[0], end=times[1], text=text)


def _samples(hours: str | None, minutes: str, seconds: str, fraction: str) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * SCALE + int(fraction.ljust(3, "0")) * (SCALE // 1_000)
