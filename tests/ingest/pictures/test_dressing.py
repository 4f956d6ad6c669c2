"""What lies over a channel's pictures."""

from pathlib import Path

import numpy as np
from PIL import Image

from flow.canvas import Canvas
from ingest.pictures.dressing import Dressing
from ingest.pictures.overlay import logo

CANVAS = Canvas(width=640, height=360)
GREY = bytes([128]) * CANVAS.picture_bytes


def _changed(dressing: Dressing) -> int:
    (shown,) = dressing.on((GREY,))
    return int(np.count_nonzero(np.frombuffer(shown, np.uint8) != 128))


def test_a_channel_that_wears_nothing_shows_its_pictures_as_they_are() -> None:
    assert Dressing(CANVAS, None).on((GREY,))[0] is GREY


def test_a_line_comes_and_goes_over_the_logo(tmp_path: Path) -> None:
    Image.new("RGB", (60, 20), (255, 0, 0)).save(tmp_path / "logo.png")
    dressing = Dressing(CANVAS, logo(CANVAS, tmp_path / "logo.png"))
    alone = _changed(dressing)
    dressing.write("Hội nghị")
    assert dressing.text == "Hội nghị"
    assert _changed(dressing) > alone > 0
    dressing.write("")
    assert (_changed(dressing), dressing.text) == (alone, "")
