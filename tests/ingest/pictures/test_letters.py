import unicodedata

import numpy as np
import pytest

from flow.canvas import Canvas
from ingest.pictures.letters import SMALLEST, ClockFace, fitting, font, mask, write, write_centred
from ingest.pictures.planes import BLACK, WHITE, Box, planes_of

CANVAS = Canvas(width=200, height=60)
VIETNAMESE = "ĂÂĐÊÔƠƯăâđêôơưẠẢÃÀÁẶẲẴẰẮẬẨẪẦẤẸẺẼÈÉỆỂỄỀẾỊỈĨÌÍỌỎÕÒÓỘỔỖỒỐỢỞỠỜỚỤỦŨÙÚỰỬỮỪỨỴỶỸỲÝỳỵỷỹ"


def test_the_typeface_has_every_vietnamese_letter() -> None:
    missing = mask("\U0010ffff", 40)
    assert not any(
        drawn.shape == missing.shape and (drawn == missing).all()
        for drawn in (mask(letter, 40) for letter in VIETNAMESE)
    )


@pytest.mark.parametrize("letter", VIETNAMESE)
def test_a_mark_changes_the_letter(letter: str) -> None:
    plain = {"Đ": "D", "đ": "d"}.get(letter) or unicodedata.normalize("NFD", letter)[0]
    with_mark, without = mask(letter, 40), mask(plain, 40)
    assert with_mark.shape != without.shape or (with_mark != without).any()


def test_sides_are_even() -> None:
    assert all(side % 2 == 0 for text in ("a", "ab", "Xã", "") for side in mask(text, 31).shape)


def test_long_text_gets_smaller_and_at_last_is_cut() -> None:
    title = "Hội nghị trực tuyến toàn quốc " * 3
    drawn = fitting(title, 40, 1_000)
    assert drawn.shape[1] <= 1_000
    assert drawn.shape[0] < mask(title, 40).shape[0]
    cut = fitting(title, 40, 100)
    assert cut.shape[1] == 100
    assert cut.shape[0] == mask(title, SMALLEST).shape[0]
    assert font(SMALLEST).size == SMALLEST


def test_ink_lies_where_it_was_written_and_is_cut_at_the_edges() -> None:
    planes = planes_of(bytearray(CANVAS.picture_bytes), CANVAS)
    planes.fill(Box(0, 0, 200, 60), BLACK)
    write(planes, np.full((100, 100), 255, np.uint8), 150, 31, WHITE)
    assert (planes.y[30:, 150:] == WHITE.y).all()
    assert (planes.y[:30] == BLACK.y).all()
    assert (planes.y[:, :150] == BLACK.y).all()


def test_centred_text_has_the_same_room_on_both_sides() -> None:
    planes = planes_of(bytearray(CANVAS.picture_bytes), CANVAS)
    planes.fill(Box(0, 0, 200, 60), BLACK)
    write_centred(planes, np.full((10, 100), 255, np.uint8), 20, WHITE)
    columns = np.flatnonzero((planes.y == WHITE.y).any(axis=0))
    assert (int(columns[0]), int(columns[-1])) == (50, 149)


def test_every_digit_of_a_clock_is_as_wide_as_the_next() -> None:
    face = ClockFace.of_size(24)
    luma = np.full((60, 200), 7, np.uint8)
    face.set(luma, "11:11", 0, 0)
    once = luma.copy()
    face.set(luma, "88:88", 0, 0)
    assert (luma[:, face.width(5):] == 7).all()
    assert (luma[:face.height, :face.width(5)] != once[:face.height, :face.width(5)]).any()
    face.set(luma, "11:11", 0, 0)
    assert (luma == once).all()


@pytest.mark.parametrize(("width", "height"), [(142, 24), (640, 100), (1_200, 60)])
def test_a_face_fits_its_box(width: int, height: int) -> None:
    face = ClockFace.within(8, width, height)
    assert face.width(8) <= width
    assert face.height <= height
    assert face.box(8, 10, 4) == Box(10, 4, 10 + face.width(8), 4 + face.height)
