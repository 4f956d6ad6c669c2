"""Words within a box: the largest letters that fit, broken into lines between words."""

from unicodedata import normalize

from ingest.pictures.letters import SMALLEST, font, mask
from ingest.pictures.planes import Plane, even


def paragraph(text: str, *, size: int, width: int, height: int) -> list[Plane]:
    """`text` drawn with letters of at most `size` pixels in lines that fit into the box; none for no text.

    Where even the smallest letters do not fit, what is too wide or too much is cut.
    """
    composed = normalize("NFC", text)
    while not _fits(lines := broken(composed, size, width), size, width, height) and size > SMALLEST:
        size = max(SMALLEST, size - 1 - size // 16)
    drawn = [mask(line, size)[:, :even(width)] for line in lines]
    return drawn[:max(1, height // line_height(size))]


def broken(text: str, size: int, width: int) -> list[str]:
    """Its lines when letters are so large; a word that is wider than the box has a line of its own."""
    face = font(size)
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and face.getlength(longer) + 2 <= width:
            found[-1] = longer
        else:
            found.append(word)
    return found


def line_height(size: int) -> int:
    """Pixels from one line to the next."""
    return int(mask("", size).shape[0])


def _fits(lines: list[str], size: int, width: int, height: int) -> bool:
    face = font(size)
    return len(lines) * line_height(size) <= height and all(face.getlength(line) + 2 <= width for line in lines)
