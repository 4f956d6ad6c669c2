"""Words within a box."""

import unicodedata

import numpy as np
import pytest

from ingest.pictures.paragraph import broken, line_height, paragraph

LONG = "Hội nghị trực tuyến toàn quốc về phòng, chống thiên tai và tìm kiếm cứu nạn năm 2026 " * 2


def test_short_words_stay_large_and_on_one_line() -> None:
    (line,) = paragraph("Giao ban", size=40, width=600, height=120)
    assert line.shape[0] == line_height(40)


@pytest.mark.parametrize(("width", "height"), [(576, 122), (1_152, 244), (383, 81)])
def test_long_words_are_broken_and_lie_within_the_box_whole(width: int, height: int) -> None:
    lines = paragraph(LONG, size=90, width=width, height=height)
    assert sum(line.shape[0] for line in lines) <= height
    assert len(lines) > 1
    for line in lines:
        assert line.shape[1] <= width
        assert not line[:, -1].any()  # nothing is cut at its end
    assert " ".join(broken(LONG, 30, width)) == LONG.strip()


def test_what_fits_in_no_size_is_cut_to_the_box() -> None:
    for text in ("x" * 500, LONG * 20):
        lines = paragraph(text, size=40, width=200, height=50)
        assert all(line.shape[1] <= 200 for line in lines)
        assert sum(line.shape[0] for line in lines) <= 50


def test_letters_in_parts_are_drawn_as_whole_ones() -> None:
    """T-35."""
    whole, parts = (paragraph(unicodedata.normalize(form, "Đắk Lắk"), size=30, width=500, height=80)
                    for form in ("NFC", "NFD"))
    assert np.array_equal(whole[0], parts[0])
    assert paragraph("", size=30, width=100, height=50) == []
