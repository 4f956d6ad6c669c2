"""A feed's picture as a small JPEG, for an operator's eyes."""

from io import BytesIO

import numpy as np
from PIL import Image

from flow.canvas import Canvas
from flow.tick import Picture
from ingest.pictures.planes import planes_of

_QUALITY = 80
_LARGE = 1_280


def jpeg_of(picture: Picture, canvas: Canvas) -> bytes:
    """Half of each side, of a large canvas a quarter: some tens of kilobytes. Limited-range BT.709 becomes RGB."""
    planes = planes_of(picture, canvas)
    every = 1 if canvas.width <= _LARGE else 2
    y = (planes.y[::2 * every, ::2 * every].astype(np.float32) - 16) * (255 / 219)
    u, v = ((plane[::every, ::every].astype(np.float32) - 128) * (255 / 224) for plane in (planes.u, planes.v))
    red, blue = y + 1.5748 * v, y + 1.8556 * u
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    pixels = np.stack((red, green, blue), axis=-1).round().clip(0, 255).astype(np.uint8)
    body = BytesIO()
    Image.fromarray(pixels).save(body, "JPEG", quality=_QUALITY)
    return body.getvalue()
