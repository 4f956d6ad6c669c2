import numpy as np
import pytest

from flow.canvas import Canvas
from ingest.pictures.planes import BLACK, WHITE, Box, box_of, even, ink, planes_of

TINY = Canvas(width=8, height=4)


def test_planes_are_views_into_the_picture() -> None:
    buffer = bytearray(TINY.picture_bytes)
    planes = planes_of(buffer, TINY)
    assert (planes.y.shape, planes.u.shape, planes.v.shape) == ((4, 8), (2, 4), (2, 4))
    planes.y[0, 1], planes.u[0, 0], planes.v[1, 3] = 1, 2, 3
    assert (buffer[1], buffer[32], buffer[-1]) == (1, 2, 3)


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="47 bytes are no 8x4 picture"):
        planes_of(bytearray(47), TINY)


def test_a_box_is_painted_in_all_planes_and_nowhere_else() -> None:
    planes = planes_of(bytearray(TINY.picture_bytes), TINY)
    planes.fill(Box(2, 0, 6, 2), ink(255, 0, 0))
    assert np.argwhere(planes.y).tolist() == [[row, column] for row in (0, 1) for column in (2, 3, 4, 5)]
    assert np.argwhere(planes.v).tolist() == [[0, 1], [0, 2]]


@pytest.mark.parametrize(("rgb", "expected"), [
    ((0, 0, 0), BLACK), ((255, 255, 255), WHITE), ((255, 0, 0), (63, 102, 240)), ((0, 0, 255), (32, 240, 118)),
])
def test_colours_are_limited_range_bt709(rgb: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    assert ink(*rgb) == expected


def test_edges_are_even_so_that_chroma_falls_on_whole_samples() -> None:
    assert [even(value) for value in (0, 1, 1.99, 2, 7.5)] == [0, 0, 0, 2, 6]
    assert all(edge % 2 == 0 for edge in box_of(Canvas(width=426, height=240), 0.03, 0.18, 0.33, 0.41))
