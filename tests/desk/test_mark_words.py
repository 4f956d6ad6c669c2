"""What operators and their programs write of marks."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from desk.mark_words import at_of, seconds_of, shown, wish_from
from flow.errors import OperatorError
from flow.timebase import SCALE
from packager.mark import Mark

HERE = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 22, 14, 5, 30, 250_000, tzinfo=HERE)


@pytest.mark.parametrize(("word", "meant"), [
    ("14:00", "2026-11-22T14:00:00.000+07:00"), ("9:05:07", "2026-11-22T09:05:07.000+07:00"),
    ("-90s", "2026-11-22T14:04:00.250+07:00"), ("-5min", "2026-11-22T14:00:30.250+07:00"),
    ("2026-11-22T07:00:00Z", "2026-11-22T07:00:00.000+00:00"),
    ("2026-11-22T07:00:00", "2026-11-22T07:00:00.000+07:00"),
])
def test_times_are_meant_here_and_today_unless_they_say_otherwise(word: str, meant: str) -> None:
    assert at_of(word, NOW) == meant


def test_a_time_of_the_clock_is_the_nearest_one() -> None:
    """Who marks ten to midnight after midnight means what was."""
    night = NOW.replace(hour=2, minute=45)
    assert at_of("23:50", night) == "2026-11-21T23:50:00.000+07:00"
    assert at_of("3:00", night) == "2026-11-22T03:00:00.000+07:00"
    assert at_of("0:10", NOW.replace(hour=23)) == "2026-11-23T00:10:00.000+07:00"


@pytest.mark.parametrize("word", ["25:00", "soon", "-5", "14:60", ""])
def test_what_is_no_time_is_refused_with_examples(word: str) -> None:
    with pytest.raises(OperatorError) as caught:
        at_of(word, NOW)
    assert "14:05" in caught.value.remedy


def test_lengths_have_a_unit() -> None:
    assert [seconds_of(word) for word in ("90s", "45min", "45m", "2h")] == [90, 2_700, 2_700, 7_200]
    with pytest.raises(OperatorError, match="no length of time"):
        seconds_of("90")


def test_a_wish_has_its_times_in_units_and_its_text_composed() -> None:
    wish = wish_from({"text": "Khai ma\u0323c", "at": "1970-01-01T00:00:10.500Z", "duration": 1.25, "who": "lan"})
    assert (wish.text, wish.at, wish.duration, wish.who) == ("Khai mạc", 504_000, 60_000, "lan")
    usual = wish_from({"text": "a"})
    assert (usual.at, usual.duration, usual.kind, usual.end) == (None, 0, "mark", "")
    assert wish_from({"text": "a", "duration": None}).duration is None
    assert wish_from({"end": "mark-1"}).end == "mark-1"


@pytest.mark.parametrize("words", [
    [], {}, {"text": ""}, {"text": 5}, {"text": "a", "end": "mark-1"}, {"text": "a", "what": 1},
    {"text": "a", "duration": True}, {"text": "a", "duration": -1}, {"text": "a", "duration": 1e9},
    {"text": "a", "duration": float("nan")}, {"text": "a", "at": "2026-11-22T07:00:00"},
    {"text": "a", "at": "soon"},
    {"text": "a", "who": "a\nb"}, {"text": "a", "who": "a" * 200},
])
def test_nonsense_is_refused_with_the_way_out(words: Any) -> None:
    """T-13."""
    with pytest.raises(OperatorError) as caught:
        wish_from(words)
    assert caught.value.remedy


def test_a_mark_is_shown_in_seconds() -> None:
    mark = Mark(id="mark-1", text="a", start=10 * SCALE, duration=SCALE // 2, kind="speech")
    assert shown(mark) == {
        "id": "mark-1", "text": "a", "at": "1970-01-01T00:00:10.000Z", "duration": 0.5, "class": "speech",
    }
    assert shown(Mark(id="mark-1", text="a", start=0, duration=None))["duration"] is None
