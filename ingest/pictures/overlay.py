"""What is laid over every picture of a channel: a line of text, a logo. Drawn once, then blended where it lies."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from flow.canvas import Canvas
from flow.tick import Picture
from ingest.pictures.letters import fitting, room, write_centred
from ingest.pictures.picture_file import read_picture
from ingest.pictures.planes import WHITE, Box, Ink, Plane, Planes, box_of, planes_of, video_of

_BAND = Ink(24, 128, 128)
_BAND_SHARE = 208
"""Of 255: the picture shines through a little, so that nobody takes the band for a part of it."""
_LOGO_WIDE, _LOGO_HIGH = 0.14, 0.12
LARGEST_LOGO = 8_000_000
"""Pixels; a bigger one is refused before it is unpacked (T-09)."""

Wide = NDArray[np.uint16]


class Overlay:
    """`paint` covers `box`; `share` says how much of each pixel it covers, 0 to 255."""

    def __init__(self, canvas: Canvas, box: Box, paint: Planes, share: Plane) -> None:
        self._canvas = canvas
        self._box = box
        small = share[::2, ::2]
        self._layers = tuple(
            (plane.astype(np.uint16) * part, np.uint16(255) - part)
            for plane, part in (
                (paint.y, share.astype(np.uint16)), (paint.u, small.astype(np.uint16)),
                (paint.v, small.astype(np.uint16)),
            )
        )

    def on(self, picture: Picture) -> bytearray:
        """A copy of a picture of the canvas with this laid over it."""
        buffer = bytearray(picture)
        planes, box = planes_of(buffer, self._canvas), self._box
        half = np.s_[box.top // 2:box.bottom // 2, box.left // 2:box.right // 2]
        spots = (planes.y[box.top:box.bottom, box.left:box.right], planes.u[half], planes.v[half])
        for spot, (paint, rest) in zip(spots, self._layers, strict=True):
            _blend(spot, paint, rest)
        return buffer


def _blend(spot: Plane, paint: Wide, rest: Wide) -> None:
    spot[:] = ((spot * rest + paint + 127) // 255).astype(np.uint8)


def caption(canvas: Canvas, text: str) -> Overlay:
    """One line of text on a dark band near the lower edge."""
    box = _band(canvas)
    band = Canvas(width=box.right - box.left, height=box.bottom - box.top)
    paint = planes_of(bytearray(band.picture_bytes), band)
    paint.fill(Box(0, 0, band.width, band.height), _BAND)
    drawn = fitting(text, band.height * 6 // 10, _width(box))[:band.height]
    write_centred(paint, drawn, (band.height - drawn.shape[0]) // 2, WHITE)
    return Overlay(canvas, box, paint, np.full((band.height, band.width), _BAND_SHARE, np.uint8))


def cut_off(canvas: Canvas, text: str) -> str:
    """The end of a line that the band has no room for; empty when all of it is seen."""
    rest = text[room(text, _width(_band(canvas))):]
    return rest if rest.strip() else ""


def _band(canvas: Canvas) -> Box:
    return box_of(canvas, 0.04, 0.86, 0.96, 0.96)


def _width(band: Box) -> int:
    """Of the letters on it."""
    return (band.right - band.left) * 96 // 100


def logo(canvas: Canvas, path: Path) -> Overlay:
    """A picture in the upper right corner, with its own transparency; raises OperatorError when it is none."""
    picture = read_picture(path, what="logo", most=LARGEST_LOGO)
    scale = min(canvas.width * _LOGO_WIDE / picture.width, canvas.height * _LOGO_HIGH / picture.height)
    wide, high = (max(2, int(side * scale) // 2 * 2) for side in picture.size)
    picture = picture.resize((wide, high), Image.Resampling.LANCZOS)
    left, top = (canvas.width * 97 // 100 - wide) // 2 * 2, canvas.height * 4 // 100 // 2 * 2
    pixels = np.asarray(picture)
    return Overlay(canvas, Box(left, top, left + wide, top + high), _paint(pixels), pixels[..., 3])


def _paint(pixels: NDArray[np.uint8]) -> Planes:
    """Chroma from every second pixel, where the share is taken too."""
    y, u, v = video_of(pixels)
    return Planes(y, u[::2, ::2], v[::2, ::2])
