"""The slate with a programme's words."""

import numpy as np
import pytest

from flow.canvas import Canvas
from flow.curtain import Curtain
from ingest.pictures.curtain_slate import CurtainSlate
from ingest.pictures.planes import planes_of

SIZES = [Canvas(width=426, height=240), Canvas(width=640, height=360), Canvas(width=1280, height=720)]
LONG = "Hội nghị trực tuyến toàn quốc về phòng, chống thiên tai và tìm kiếm cứu nạn " * 3
WORDS = Curtain(
    key="rehearsal:p1", down=True, title="Giao ban tuần", vi="Bắt đầu lúc 08:00", en="Begins at 08:00",
    counts_to_s=4_000,
)


def luma(slate: CurtainSlate, canvas: Canvas, second: int) -> np.ndarray:
    return planes_of(bytearray(slate.picture(second * 1_000)), canvas).y


@pytest.mark.parametrize("canvas", SIZES, ids=lambda canvas: f"{canvas.height}")
def test_the_countdown_counts_and_nothing_else_moves(canvas: Canvas) -> None:
    slate = CurtainSlate(canvas, WORDS)
    first, later, same = (luma(slate, canvas, second) for second in (390, 391, 391))
    changed = np.argwhere(first != later)
    assert changed[:, 0].min() > 0.74 * canvas.height
    assert np.array_equal(later, same)
    # 1:00:10 and 05:00 have other widths, and no digit is left behind
    short = luma(slate, canvas, 3_700)
    fresh = luma(CurtainSlate(canvas, WORDS), canvas, 3_700)
    assert np.array_equal(short, fresh)


@pytest.mark.parametrize("canvas", SIZES, ids=lambda canvas: f"{canvas.height}")
def test_no_words_reach_the_edge_or_the_digits(canvas: Canvas) -> None:
    words = Curtain(key="after:p1", down=True, title=LONG[:200], vi=LONG[:100], en=LONG[:100], counts_to_s=4_000)
    picture = luma(CurtainSlate(canvas, words), canvas, 390)
    ground = picture[0, 0]
    edge = canvas.width // 25
    for side in (picture[:, :edge], picture[:, -edge:], picture[:canvas.height // 40], picture[-8:]):
        assert (side == ground).all()
    above_digits = picture[int(canvas.height * 0.735):int(canvas.height * 0.76) - 2]
    assert (above_digits == ground).all()


def test_a_countdown_that_is_over_stands_at_nothing_and_a_clock_stands_where_there_is_none() -> None:
    canvas = SIZES[0]
    slate = CurtainSlate(canvas, WORDS)
    assert np.array_equal(luma(slate, canvas, 4_000), luma(slate, canvas, 9_000))
    after = CurtainSlate(canvas, Curtain(key="after:p1", down=True, title="Giao ban", vi="Hết", en="Over"))
    assert (luma(after, canvas, 4_000) != luma(after, canvas, 4_001)).any()


def test_over_a_picture_words_stand_on_a_darker_spot() -> None:
    canvas = SIZES[1]
    white = bytes([235]) * (canvas.width * canvas.height) + bytes([128]) * (canvas.width * canvas.height // 2)
    picture = luma(CurtainSlate(canvas, WORDS, white), canvas, 390)
    assert (picture[:8] == 235).all()
    assert (picture < 80).sum() > 2_000
