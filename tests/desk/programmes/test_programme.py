"""A programme, and what it cannot be."""

from typing import Any

import pytest

from desk.programmes.programme import programme_id
from flow.errors import OperatorError
from tests.desk.programmes.some import a_programme, at


@pytest.mark.parametrize("words", [
    {"title": " "}, {"title": "x" * 201}, {"title": "một\ndòng"}, {"title_en": "\x1b[2J"}, {"end": "08:00"},
    {"end": "07:00"}, {"end_s": at("08:00") + 86_401}, {"rehearsal_s": 3_601}, {"rehearsal_s": -1},
    {"description": "\x07"}, {"description": "x" * 2_001}, {"documents": ("x",) * 21}, {"documents": ("",)},
    {"start_s": 0},
])
def test_what_cannot_be_is_refused_with_a_way_out(words: dict[str, Any]) -> None:
    with pytest.raises(OperatorError) as refused:
        a_programme(**words)
    assert refused.value.remedy.startswith("Use ")


def test_a_description_may_have_lines() -> None:
    assert a_programme(description="Khai mạc\nThảo luận").description


def test_an_operator_begins_it_before_its_start_and_ends_it_before_its_end() -> None:
    one = a_programme(began_s=at("07:50"), ended_s=at("08:40"))
    assert (one.rehearses_s, one.begins_s, one.over_s) == (at("07:45"), at("07:50"), at("08:40"))
    late = a_programme(began_s=at("08:10"))
    assert (late.begins_s, late.over_s) == (at("08:00"), at("09:00"))
    assert a_programme(runs_over=True).over_s is None
    assert a_programme(end="", runs_over=True, ended_s=at("10:00")).over_s == at("10:00")
    assert a_programme(rehearsal_s=0, began_s=at("07:50")).rehearses_s == at("07:50")


def test_ids_are_numbers_behind_a_letter() -> None:
    assert programme_id("p12") == "p12"
    for text in ("12", "p0", "p1x", "P1", "p٣", "p" + "1" * 13, ""):
        with pytest.raises(OperatorError):
            programme_id(text)
