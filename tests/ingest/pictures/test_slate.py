import numpy as np
import pytest

from flow.canvas import Canvas
from ingest.pictures.planes import planes_of
from ingest.pictures.slate import MESSAGE_VI, Slate

SIZES = [Canvas(width=426, height=240), Canvas(width=1280, height=720), Canvas(width=1920, height=1080, fps=50)]


def _luma(picture: bytes | bytearray | memoryview, canvas: Canvas) -> np.ndarray:
    return planes_of(bytearray(picture), canvas).y


@pytest.mark.parametrize("canvas", SIZES, ids=lambda canvas: f"{canvas.height}")
def test_a_slate_is_one_picture_of_the_canvas(canvas: Canvas) -> None:
    assert len(Slate(canvas, "Xã Tân Hội").picture(0)) == canvas.picture_bytes


def test_the_clock_moves_once_a_second_and_old_buffers_stay_as_they_were() -> None:
    slate = Slate(SIZES[0], "Hội nghị")
    first = slate.picture(5_000)
    kept = bytes(first)
    assert slate.picture(5_999) is first
    later = slate.picture(6_000)
    assert later is not first
    changed = np.argwhere(_luma(later, SIZES[0]) != _luma(kept, SIZES[0]))
    assert changed[:, 0].min() > 0.78 * 240
    assert bytes(first) == kept


def test_title_and_message_are_drawn_and_depend_on_the_words() -> None:
    luma = _luma(Slate(SIZES[1], "Hội nghị trực tuyến").picture(0), SIZES[1])
    plain = _luma(Slate(SIZES[1], "Hoi nghi truc tuyen").picture(0), SIZES[1])
    none = _luma(Slate(SIZES[1], "").picture(0), SIZES[1])
    title, message = np.s_[150:300], np.s_[345:430]
    assert (luma[title] > 200).sum() > 500
    assert (luma[title] != plain[title]).any()
    assert (none[title] < 200).all()
    assert (luma[message] > 200).sum() > 500
    assert (luma[message] == none[message]).all()
    assert "tiếp tục" in MESSAGE_VI


def test_words_stay_readable_over_any_picture_and_the_rest_of_it_is_as_it_is() -> None:
    canvas = SIZES[1]
    white = bytes([235]) * (canvas.width * canvas.height) + bytes([128]) * (canvas.width * canvas.height // 2)
    slate = Slate(canvas, "Hội nghị trực tuyến", white)
    luma = _luma(slate.picture(5_000), canvas)
    for words in (np.s_[170:260, 400:880], np.s_[350:400, 400:880], np.s_[440:470, 500:780]):
        assert (luma[words] > 180).any()  # letters
        assert np.median(luma[words]) < 80  # what they stand on
    assert (luma[:100] == 235).all()
    assert (luma[:, :100] == 235).all()
    assert (_luma(slate.picture(6_000), canvas) != luma).any()
    assert white[0] == 235


def test_a_title_of_any_length_fits() -> None:
    for title in ("", "x", "Đại hội " * 40, "\n", "🎥"):
        assert len(Slate(SIZES[0], title).picture(1)) == SIZES[0].picture_bytes
        backdrop = bytes(SIZES[0].picture_bytes)
        assert len(Slate(SIZES[0], title, backdrop).picture(1)) == SIZES[0].picture_bytes
