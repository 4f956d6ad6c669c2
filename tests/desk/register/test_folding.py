"""Names are compared as people type them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.register.folding import core, folded, full, marks


@pytest.mark.parametrize("text", [
    "Phường Ba Đình", "phường ba đình", "PHUONG BA DINH", "Phường  Ba-Đình", "Phường Ba Ðình",
    unicodedata.normalize("NFD", "Phường Ba Đình"), unicodedata.normalize("NFKD", "Phường Ba Đình"),
])
def test_spellings_of_one_name_fold_to_one(text: str) -> None:
    assert folded(text) == "phuong ba dinh"
    assert core(text) == "ba dinh"


@pytest.mark.parametrize("text", ["TP. Huế", "Thành phố Huế", "tp huế", "Thành Phố HUẾ", "hue", "Huế"])
def test_the_kind_in_front_may_be_short_or_missing(text: str) -> None:
    assert core(text) == "hue"


def test_a_short_kind_is_written_out() -> None:
    assert full("P. 5") == "phuong 5"
    assert full("X. Tân Thành") == "xa tan thanh"
    assert full("Xa") == "xa"  # a name may be only that


def test_marks_count_wherever_they_stand_in_their_word() -> None:
    assert marks("Hoà Bình") == marks("Hòa Bình") == marks(unicodedata.normalize("NFD", "Hòa Bình"))
    assert marks("Sa Pa") != marks("Sa Pả")
    assert marks("Sa Pa") == ["", ""]
    assert marks("Ia P'nôn, Đức") == marks("ia p'nôn đức")


@settings(max_examples=50)
@given(st.text())
def test_any_text_folds_and_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))
    core(text)
    marks(text)
