"""A feed's picture for an operator's eyes."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from flow.canvas import Canvas
from ingest.pictures.planes import Box, ink, planes_of
from ingest.pictures.preview import jpeg_of


@pytest.mark.parametrize("rgb", [(255, 0, 0), (0, 128, 255), (255, 255, 255), (0, 0, 0)])
def test_colours_are_what_they_were(rgb: tuple[int, int, int]) -> None:
    canvas = Canvas(width=426, height=240)
    buffer = bytearray(canvas.picture_bytes)
    planes_of(buffer, canvas).fill(Box(0, 0, 426, 240), ink(*rgb))
    with Image.open(BytesIO(jpeg_of(bytes(buffer), canvas))) as picture:
        assert picture.size == (213, 120)
        assert np.abs(np.asarray(picture).mean(axis=(0, 1)) - rgb).max() < 4
