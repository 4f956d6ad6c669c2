from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from flow.canvas import Canvas
from flow.thumbnail import MOST_BYTES
from ingest.pictures.planes import Box, ink, planes_of
from ingest.pictures.thumbnail import thumbnail_of


@pytest.mark.parametrize("rgb", [(255, 0, 0), (0, 128, 255), (255, 255, 255), (0, 0, 0)])
def test_colours_are_what_they_were(rgb: tuple[int, int, int]) -> None:
    canvas = Canvas(width=426, height=240)
    buffer = bytearray(canvas.picture_bytes)
    planes_of(buffer, canvas).fill(Box(0, 0, 426, 240), ink(*rgb))
    with Image.open(BytesIO(thumbnail_of(bytes(buffer), canvas))) as picture:
        assert picture.size == (160, 90)
        assert np.abs(np.asarray(picture).mean(axis=(0, 1)) - rgb).max() < 4


def test_small_print_becomes_grey_instead_of_black_or_white() -> None:
    canvas = Canvas(width=1280, height=720)
    planes = planes_of(buffer := bytearray(canvas.picture_bytes), canvas)
    planes.u[:], planes.v[:] = 128, 128
    planes.y[:], planes.y[::2] = 16, 235
    with Image.open(BytesIO(thumbnail_of(buffer, canvas))) as picture:
        assert np.abs(np.asarray(picture).astype(int) - 127).max() < 4


def test_noise_is_small_enough() -> None:
    canvas = Canvas(width=160, height=284)  # a telephone held upright, nothing to take the mean of
    noise = np.random.default_rng(4).integers(0, 256, canvas.picture_bytes, dtype=np.uint8).tobytes()
    assert len(thumbnail_of(noise, canvas)) < MOST_BYTES
