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

_WIDTH = 160


def is_thumbnails(rendition: RenditionId) -> bool:
    """Whether an id is that of thumbnails."""
    return rendition == THUMBNAILS


def size_of(canvas: Canvas) -> tuple[int, int]:
    """Width and height of the thumbnails of a canvas in pixels: its aspect, never larger than it."""
    width = min(_WIDTH, canvas.width)
    return width, max(1, (canvas.height * width + canvas.width // 2) // canvas.width)
