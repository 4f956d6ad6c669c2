"""Words drawn once with a typeface that has every Vietnamese letter, and digits kept ready for clocks."""

from collections.abc import Iterable
from pathlib import Path
from typing import Self

import font_roboto
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ingest.pictures.planes import Box, Ink, Plane, Planes, even

SMALLEST = 12
"""Pixels; text is cut rather than drawn smaller."""


def font(size: int) -> ImageFont.FreeTypeFont:
    """Roboto Bold at `size` pixels."""
    path = Path(font_roboto.__file__).parent / "files" / "Roboto-Bold.ttf"
    # The basic layout needs no library beside Pillow, and Vietnamese is written with composed letters.
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def mask(text: str, size: int) -> Plane:
    """How much ink each pixel gets (0 to 255), cropped in width, as high as the typeface's line."""
    face = font(size)
    ascent, descent = face.getmetrics()
    # Marks above Vietnamese capitals reach beyond the typeface's own line.
    above = even(size / 6) + 2
    width = max(2, int(face.getlength(text)) + 2)
    picture = Image.new("L", (width + width % 2, even(ascent + descent + 1) + above), 0)
    ImageDraw.Draw(picture).text((1, above), text, fill=255, font=face)
    return np.asarray(picture)


def fitting(text: str, size: int, width: int) -> Plane:
    """`text` at `size` pixels, or smaller until it is at most `width` wide; cut when even the smallest is not."""
    drawn = mask(text, size)
    while drawn.shape[1] > width and size > SMALLEST:
        size = max(SMALLEST, min(size - 1, size * width // drawn.shape[1]))
        drawn = mask(text, size)
    return drawn[:, :even(width)]


def room(text: str, width: int) -> int:
    """How many letters of `text` `fitting` leaves whole."""
    face = font(SMALLEST)
    return next((count for count in range(len(text), 0, -1) if face.getlength(text[:count]) + 2 <= width), 0)


def write(planes: Planes, drawn: Plane, left: int, top: int, colour: Ink) -> None:
    """Lay ink through a mask; what lies beyond the picture is cut."""
    left, top = even(max(0, left)), even(max(0, top))
    height, width = planes.y.shape
    drawn = drawn[:height - top, :width - left]
    rows, columns = drawn.shape
    _blend(planes.y[top:top + rows, left:left + columns], drawn, colour.y)
    small = drawn[::2, ::2]
    half = np.s_[top // 2:top // 2 + small.shape[0], left // 2:left // 2 + small.shape[1]]
    _blend(planes.u[half], small, colour.u)
    _blend(planes.v[half], small, colour.v)


def write_centred(planes: Planes, drawn: Plane, top: int, colour: Ink) -> None:
    """Lay ink in the middle of the picture's width."""
    write(planes, drawn, (planes.y.shape[1] - drawn.shape[1]) // 2, top, colour)


def _blend(under: Plane, drawn: Plane, level: int) -> None:
    share = drawn.astype(np.uint16)
    under[:] = ((under * (255 - share) + level * share + 127) // 255).astype(np.uint8)


class ClockFace:
    """Digits drawn once, white on black, all of one width: a clock is set by copying them."""

    def __init__(self, tiles: dict[str, Plane]) -> None:
        self._tiles = tiles

    @classmethod
    def of_size(cls, size: int, letters: Iterable[str] = "0123456789:.") -> Self:
        """A face of `size` pixels; every letter gets the width of the widest digit."""
        drawn = {letter: mask(letter, size) for letter in letters}
        cell = max(tile.shape[1] for tile in drawn.values())
        return cls({letter: _centred(tile, cell) for letter, tile in drawn.items()})

    @classmethod
    def within(cls, letters: int, width: int, height: int) -> Self:
        """The largest face of which so many letters fit into `width` and whose line fits into `height`."""
        size = max(SMALLEST, height * 8 // 10)
        face = cls.of_size(size)
        while (face.width(letters) > width or face.height > height) and size > SMALLEST:
            size -= 1 + size // 20
            face = cls.of_size(size)
        return face

    @property
    def height(self) -> int:
        """Height of the line in pixels."""
        return int(next(iter(self._tiles.values())).shape[0])

    def width(self, letters: int) -> int:
        """Width of so many letters in pixels."""
        return int(next(iter(self._tiles.values())).shape[1]) * letters

    def box(self, letters: int, left: int, top: int) -> Box:
        """What so many letters cover."""
        return Box(left, top, left + self.width(letters), top + self.height)

    def set(self, luma: Plane, text: str, left: int, top: int) -> None:
        """Copy the digits of `text` into a luma plane; chroma is expected to be neutral there."""
        row = np.concatenate([self._tiles[letter] for letter in text], axis=1)
        luma[top:top + row.shape[0], left:left + row.shape[1]] = row


def _centred(tile: Plane, cell: int) -> Plane:
    """A tile in limited-range luma in the middle of a cell."""
    wide = np.zeros((tile.shape[0], cell), np.uint16)
    start = (cell - tile.shape[1]) // 2
    wide[:, start:start + tile.shape[1]] = tile
    return (16 + wide * 219 // 255).astype(np.uint8)
