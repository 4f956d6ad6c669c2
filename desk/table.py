"""Columns of text, as the terminal shows them."""

import unicodedata
from collections.abc import Sequence


def width_of(text: str) -> int:
    """Cells that `text` takes in a terminal: accents written apart take none, wide letters two."""
    cells = 0
    for letter in text:
        if unicodedata.combining(letter):
            continue
        cells += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return cells


def table(rows: Sequence[Sequence[str]], *, gap: str = "  ") -> str:
    """Rows with their columns lined up to the left; the last column is never padded."""
    if not rows:
        return ""
    columns = max(len(row) for row in rows)
    widths = [max((width_of(row[at]) for row in rows if at < len(row)), default=0) for at in range(columns)]
    lines = []
    for row in rows:
        cells = [text + " " * (widths[at] - width_of(text)) for at, text in enumerate(row)]
        lines.append(gap.join(cells).rstrip())
    return "\n".join(lines)
