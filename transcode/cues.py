"""Captions as cues: the text of tick after tick in, runs of equal text out, as WebVTT writes them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flow.timebase import TICK, hours_text

BRIDGE = 2
"""Empty ticks between equal texts that a cue goes over: a decoder's hiccup, not a pause of the speaker."""

_BLANK = "\N{NO-BREAK SPACE}"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A text from one place on the clock grid to another, in units."""

    start: int
    end: int
    text: str


def bridged(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts, where up to BRIDGE empty ones between two equal ones have become like those."""
    made = list(texts)
    last = -1  # the place of the last text
    for at, text in enumerate(texts):
        if not text:
            continue
        if 1 < at - last <= BRIDGE + 1 and last >= 0 and texts[last] == text:
            made[last:at] = [text] * (at - last)
        last = at
    return tuple(made)


def cues_of(texts: Sequence[str], start: int) -> tuple[Cue, ...]:
    """One cue for each run of equal texts of ticks, the first of which begins at `start`; none for silence."""
    cues = []
    for text, run in groupby(texts):
        end = start + len(list(run)) * TICK
        if text:
            cues.append(Cue(start=start, end=end, text=text))
        start = end
    return tuple(cues)


def blocks_of(cues: Sequence[Cue]) -> bytes:
    """The cue blocks of WebVTT (https://www.w3.org/TR/webvtt1/, 4.1), with the media's own times, counted from the
    epoch; one empty line for none. Cues are on the tick, so milliseconds are exact."""
    blocks = (f"{hours_text(cue.start)} --> {hours_text(cue.end)}\n{_payload(cue.text)}\n\n" for cue in cues)
    return ("".join(blocks) or "\n").encode()


def _payload(text: str) -> str:
    """The text with nothing in it that WebVTT would take for a tag, an entity or an arrow. An empty line would end
    the cue, so it gets a letter that shows nothing."""
    lines = (line if line.strip() else _BLANK for line in text.split("\n"))
    return "\n".join(lines).translate(_ESCAPES)
