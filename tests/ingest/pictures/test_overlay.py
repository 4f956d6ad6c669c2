"""What is laid over every picture."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from flow.canvas import Canvas
from flow.errors import OperatorError
from ingest.pictures.overlay import caption, cut_off, logo
from ingest.pictures.planes import Box, Ink, planes_of

CANVAS = Canvas(width=1280, height=720)
GREEN = Ink(145, 54, 34)


def green() -> bytes:
    buffer = bytearray(CANVAS.picture_bytes)
    planes_of(buffer, CANVAS).fill(Box(0, 0, CANVAS.width, CANVAS.height), GREEN)
    return bytes(buffer)


def test_a_line_of_text_lies_on_a_band_near_the_lower_edge_and_the_rest_stays() -> None:
    picture = green()
    shown = planes_of(caption(CANVAS, "Hội nghị bắt đầu lúc 8 giờ").on(picture), CANVAS)
    assert (shown.y[:618] == GREEN.y).all()
    band = shown.y[620:690, 60:1220]
    assert band.min() < 60
    assert band.max() > 200
    assert picture == green()


def test_a_line_that_is_too_long_stays_inside_the_band() -> None:
    shown = planes_of(caption(CANVAS, "rất dài " * 60).on(green()), CANVAS)
    assert (shown.y[:, :50] == GREEN.y).all()
    assert (shown.y[:, -50:] == GREEN.y).all()


def test_what_a_small_canvas_has_no_room_for_is_known() -> None:
    small, text = Canvas(width=426, height=240), "Hội nghị trực tuyến toàn quốc " * 4
    cut = cut_off(small, text)
    assert 30 < len(cut) < 90
    assert text.endswith(cut)
    assert cut_off(small, text.removesuffix(cut)) == cut_off(small, "") == cut_off(CANVAS, text) == ""
    assert cut_off(small, text.removesuffix(cut) + "  ") == ""


@pytest.mark.parametrize("canvas", [Canvas(width=426, height=240), Canvas(width=1920, height=1080, fps=50)])
def test_it_fits_every_canvas(canvas: Canvas) -> None:
    assert len(caption(canvas, "Ặ").on(bytes(canvas.picture_bytes))) == canvas.picture_bytes


def test_a_logo_keeps_its_transparency(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    pixels = np.zeros((60, 80, 4), np.uint8)
    pixels[:, 40:] = (255, 0, 0, 255)
    Image.fromarray(pixels).save(path)
    shown = planes_of(logo(CANVAS, path).on(green()), CANVAS)
    red = np.argwhere(abs(shown.y.astype(int) - 63) < 3)
    assert red.size
    assert red[:, 1].min() > CANVAS.width * 0.85
    corner = shown.y[: CANVAS.height // 5, : CANVAS.width // 2]
    assert (corner == GREEN.y).all()


def test_what_is_no_picture_or_too_big_is_told(tmp_path: Path) -> None:
    """T-09."""
    text, big = tmp_path / "a.png", tmp_path / "b.png"
    text.write_text("no")
    Image.new("1", (4_000, 3_000)).save(big)
    for path, why in ((text, "cannot be read"), (tmp_path / "none.png", "cannot be read"), (big, "4000x3000")):
        with pytest.raises(OperatorError, match=why):
            logo(CANVAS, path)
