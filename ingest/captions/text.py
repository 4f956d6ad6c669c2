"""Caption text as a tick carries it: printable lines, few and short, whatever the source said."""

import re
import unicodedata

from flow.tick import CAPTION_LETTERS, CAPTION_LINES

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_WIDEST = 200
"""Letters of one line. CEA-608 has 32, CEA-708 42; a file may have any number."""


def tidy(text: str) -> str:
    """The text with what cannot be printed taken out, letters and their marks joined, spaces too, empty lines
    left out, and its end cut off where it is too long."""
    lines = []
    for raw in _BREAK.split(unicodedata.normalize("NFC", text[:4 * CAPTION_LETTERS])):
        letters = "".join(letter for letter in _SPACES.sub(" ", raw) if letter.isprintable())
        if line := letters.strip()[:_WIDEST].rstrip():
            lines.append(line)
    return "\n".join(lines[:CAPTION_LINES])[:CAPTION_LETTERS].rstrip()
