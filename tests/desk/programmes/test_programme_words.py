"""Programmes as they go over the control API."""

from typing import Any

import pytest

from desk.programmes.programme import Programme
from desk.programmes.programme_words import changed_programme, new_programmes, shown
from flow.errors import OperatorError
from tests.desk.programmes.filled import HERE, words
from tests.desk.programmes.some import DAY, a_programme, at


def made(**more: Any) -> list[Programme]:
    return new_programmes(words(**more), lambda rule: rule, HERE, DAY)[0]


def test_an_end_is_a_time_or_a_length() -> None:
    assert made()[0].end_s == at("09:00")
    assert made(end="", lasting_s=1_800)[0].end_s == at("08:30")
    given = words() | {"start": "08:00", "end": "07:00"}
    (one,) = new_programmes(given, lambda rule: rule, HERE, DAY)[0]
    assert (one.start_s, one.end_s) == (at("08:00"), at("31:00"))


def test_a_series_is_on_the_same_time_of_each_day() -> None:
    found, every = new_programmes(
        words(every="week", count=3, **{"except": ["2026-12-01"]}), lambda rule: rule, HERE, DAY,
    )
    assert (every, [(one.start_s - DAY) // 3_600 for one in found]) == ("week on tue", [8, 8 + 14 * 24])
    assert found[1].end_s == found[1].start_s + 3_600


@pytest.mark.parametrize("more", [
    {"channel": "Hop"}, {"channel": ""}, {"title": ""}, {"start": ""}, {"start": "x"}, {"end": ""}, {"end": "x"},
    {"lasting_s": 60}, {"end": "07:00"}, {"audience": ""},
    {"audience": 1}, {"invite": "all"}, {"invite": [1]}, {"recording": 1}, {"rehearsal_s": True},
    {"rehearsal_s": 1 << 70}, {"end": "", "lasting_s": 1 << 70}, {"count": 3}, {"every": "week"},
    {"every": "week", "until": "2036-01-01"}, {"every": "week", "until": "2026-11-01"}, {"titel": "x"},
    {"title": "x" + " " * 200}, {"title_en": "\r" + "x" * 200}, {"description": "x" + " " * 2_000},
    {"began": "now"},
])
def test_what_makes_no_programme_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(OperatorError) as refused:
        made(**more)
    assert refused.value.remedy


def test_what_is_past_is_refused_and_so_is_no_object() -> None:
    past = words() | {"start": "2026-11-22 08:00", "end": "2026-11-22 09:00"}
    with pytest.raises(OperatorError, match="over already"):
        new_programmes(past, lambda rule: rule, HERE, DAY)
    with pytest.raises(OperatorError):
        new_programmes([], lambda rule: rule, HERE, DAY)


def changed(**given: Any) -> Programme:
    one = a_programme("p1", documents=("a.pdf",))
    return changed_programme(one, given, lambda rule: rule, HERE, DAY)


def test_the_end_moves_with_the_start_unless_it_is_given() -> None:
    moved = changed(start="2026-11-24 10:00")
    assert (moved.start_s, moved.end_s, moved.documents) == (at("10:00"), at("11:00"), ("a.pdf",))
    assert changed(start="2026-11-24 10:00", end="10:30").end_s == at("10:30")
    assert changed(lasting_s=600).end_s == at("08:10")
    assert changed(title=" Mới ", documents=[]).title == "Mới"


def test_an_audience_is_changed_in_its_two_halves() -> None:
    one = changed(exclude=["site:s1"])
    assert shown(one, state="planned")["invite"] == ["all"]
    then = changed_programme(one, {"invite": ["region:01"]}, lambda rule: rule, HERE, DAY)
    told = shown(then, state="planned", sites=3)
    assert (told["invite"], told["exclude"], told["sites"], told["end"]) == (
        ["region:01"], ["site:s1"], 3, "2026-11-24T02:00:00Z",
    )
    with pytest.raises(OperatorError):
        changed(channel="other")
