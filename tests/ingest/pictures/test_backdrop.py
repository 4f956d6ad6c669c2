"""A picture behind the slate's words covers the canvas."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from flow.canvas import Canvas
from ingest.pictures.backdrop import backdrop
from ingest.pictures.planes import ink, planes_of

CANVAS = Canvas(width=426, height=240)


@pytest.mark.parametrize("size", [(426, 240), (2_000, 300), (30, 900), (1, 1)])
def test_it_covers_the_canvas_whatever_its_shape(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, (200, 40, 20)).save(tmp_path / "a.png")
    planes = planes_of(backdrop(CANVAS, tmp_path / "a.png"), CANVAS)
    wanted = ink(200, 40, 20)
    assert {int(level) for level in np.unique(planes.y)} == {wanted.y}
    assert [int(plane.mean().round()) for plane in (planes.u, planes.v)] == [wanted.u, wanted.v]


def test_it_is_cut_evenly_and_keeps_its_shape(tmp_path: Path) -> None:
    pixels = np.zeros((240, 852, 3), np.uint8)
    pixels[:, 213:639] = 255
    Image.fromarray(pixels).save(tmp_path / "wide.png")
    luma = planes_of(backdrop(CANVAS, tmp_path / "wide.png"), CANVAS).y
    assert (luma[:, 4:-4] == 235).all()


def test_what_it_lets_through_is_the_slate_s_own_ground(tmp_path: Path) -> None:
    Image.new("RGBA", (426, 240), (255, 255, 255, 0)).save(tmp_path / "clear.png")
    luma = planes_of(backdrop(CANVAS, tmp_path / "clear.png"), CANVAS).y
    assert {int(level) for level in np.unique(luma)} == {ink(10, 38, 71).y}
