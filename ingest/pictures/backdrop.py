"""An operator's picture behind the slate's words: it covers the whole canvas, and what does not fit is cut."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from flow.canvas import Canvas
from ingest.pictures.picture_file import read_picture
from ingest.pictures.planes import planes_of, video_of

LARGEST = 20_000_000
"""Pixels: more than 2160p has twice over."""
_GROUND = (10, 38, 71)
"""RGB that shows through where the picture lets it: the drawn slate's own."""


def backdrop(canvas: Canvas, path: Path) -> bytes:
    """The picture as one of the canvas; raises OperatorError when it is none."""
    picture = read_picture(path, what="slate", most=LARGEST)
    picture = ImageOps.fit(picture, (canvas.width, canvas.height), Image.Resampling.LANCZOS)
    whole = Image.new("RGBA", picture.size, (*_GROUND, 255))
    whole.alpha_composite(picture)
    luma, *chroma = video_of(np.asarray(whole.convert("RGB")))
    buffer = bytearray(canvas.picture_bytes)
    planes = planes_of(buffer, canvas)
    planes.y[:] = luma
    for plane, full in zip((planes.u, planes.v), chroma, strict=True):
        rows, columns = plane.shape
        plane[:] = full.reshape(rows, 2, columns, 2).mean(axis=(1, 3)).round()
    return bytes(buffer)
