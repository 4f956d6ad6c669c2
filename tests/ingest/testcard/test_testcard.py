from itertools import pairwise

import numpy as np
import pytest

from flow.canvas import Canvas
from ingest.pictures.planes import planes_of
from ingest.testcard import timestrip
from ingest.testcard.testcard import TestCard

SIZES = [Canvas(width=426, height=240), Canvas(width=1280, height=720, fps=50)]
NOW = 1_795_314_127_080


def _luma(card: TestCard, millis: int) -> np.ndarray:
    return planes_of(bytearray(card.picture(millis)), card.canvas).y


@pytest.mark.parametrize("canvas", SIZES, ids=lambda canvas: f"{canvas.height}")
def test_the_time_can_be_read_back_from_each_picture(canvas: Canvas) -> None:
    card = TestCard(canvas, "Thử nghiệm")
    for millis in range(NOW, NOW + 2_000, 40):
        assert timestrip.read(_luma(card, millis)) == millis


def test_something_moves_from_each_picture_to_the_next() -> None:
    card = TestCard(SIZES[0], "")
    lumas = [_luma(card, NOW + 40 * step) for step in range(101)]
    top = slice(int(240 * 0.44), int(240 * 0.80))
    assert all((one[top] != other[top]).any() for one, other in pairwise(lumas))


def test_the_block_is_back_after_its_lap_of_four_seconds() -> None:
    card = TestCard(SIZES[0], "")
    track = slice(int(240 * 0.70), int(240 * 0.80))
    assert (_luma(card, NOW)[track] == _luma(card, NOW + 4_000)[track]).all()


def test_the_patch_is_white_while_the_beep_sounds() -> None:
    card = TestCard(SIZES[0], "")
    patch = (int(240 * 0.08), int(426 * 0.93))
    assert _luma(card, NOW // 1_000 * 1_000)[patch] == 235
    assert _luma(card, NOW // 1_000 * 1_000 + 100)[patch] == 60


def test_the_title_is_drawn_and_a_long_one_leaves_the_patch_alone() -> None:
    short, long = (TestCard(SIZES[0], title) for title in ("", "Ủy ban nhân dân xã " * 9))
    one, other = _luma(short, NOW), _luma(long, NOW)
    assert (one[4:30, :300] != other[4:30, :300]).any()
    assert (one[:, 375:] == other[:, 375:]).all()
