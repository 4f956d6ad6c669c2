"""A channel's programme and what comes next, in the terminal."""

from typing import Any

import pytest

from desk.programmes.timetable_text import timetable_rows

ONE = {"id": "p1", "title": "Giao ban", "title_en": "", "start": "2026-11-24T01:00:00Z",
       "end": "2026-11-24T02:00:00Z"}
NEXT = {**ONE, "id": "p2", "title": "Y tế", "start": "2026-11-24T03:00:00Z"}


def report(
    state: str, one: dict[str, Any] | None, following: dict[str, Any] | None, **more: Any,
) -> dict[str, Any]:
    return {"timetable": {
        "state": state, "programme": one, "following": following, "since": "2026-11-24T01:00:00Z", "changes": None,
    }, **more}


@pytest.mark.parametrize(("state", "one", "words"), [
    ("rehearsal", ONE, "p1 “Giao ban”: in rehearsal, begins "), ("on-air", ONE, "p1 “Giao ban”: on air since "),
    ("on-air", {**ONE, "end": None}, "until it is stopped"), ("over-run", ONE, "runs over its end"),
    ("after", ONE, "p1 “Giao ban”: over"),
])
def test_each_state_has_its_words(state: str, one: dict[str, Any], words: str) -> None:
    (_, on), (_, then) = timetable_rows(report(state, one, NEXT))
    assert words in on
    assert then.startswith("next p2 “Y tế”, 2026-11-24 ")


def test_before_the_first_what_comes_is_named_and_without_programmes_nothing() -> None:
    ((label, words),) = timetable_rows(report("idle", None, NEXT))
    assert (label, words[:7]) == ("programme", "next p2")
    assert timetable_rows({"timetable": None}) == []
    assert "by hand" in timetable_rows(report("after", ONE, None, by_hand=True))[-1][1]
