"""Thumbnails: one small picture of the programme each ten seconds, for whoever looks for a place in the past."""

from flow.canvas import Canvas
from flow.ids import RenditionId
from flow.timebase import SCALE

THUMBNAILS = RenditionId("thumbnails")
"""The id of a channel's thumbnails, JPEG."""

LENGTH = 10 * SCALE
"""A thumbnail stands for so many units, and shows the tick at their beginning. Whole ticks, counted from the
epoch: the place of number n is n * LENGTH on every machine."""

MOST_BYTES = 32 * 1024
"""Of one thumbnail. Noise, which compresses worst, takes 15 kB; a hall or a slide takes 3 to 6."""

SHEET = 6
"""Thumbnails that stand below each other in a sheet: a minute of them. Sheets lie on the grid as thumbnails do."""

BLOCK = 16
"""Sides of the block that a thumbnail's coder works on, in pixels (4:2:0)."""

_WIDTH = 160


def is_thumbnails(rendition: RenditionId) -> bool:
    """Whether an id is that of thumbnails."""
    return rendition == THUMBNAILS


def size_of(canvas: Canvas) -> tuple[int, int]:
    """Width and height of the thumbnails of a canvas in pixels: its aspect, never larger than it."""
    width = min(_WIDTH, canvas.width)
    return width, max(1, (canvas.height * width + canvas.width // 2) // canvas.width)


def pitch_of(height: int) -> int:
    """From the top of a thumbnail to that of the next one in a sheet, in pixels: whole blocks."""
    return -(-height // BLOCK) * BLOCK
