"""The marks of a channel: ids come once, ends are added, what nobody can go back to is let go."""

import json

import pytest

from flow.timebase import SCALE
from packager.marks import MOST, Marks

NOW = 1_790_000_000 * SCALE


def _with(*durations: int | None) -> Marks:
    marks = Marks()
    for at, duration in enumerate(durations):
        marks = marks.with_one(f"số {at}", start=NOW + at * SCALE, duration=duration, kind="mark", now=NOW)
    return marks


def test_ids_come_once_whatever_the_clock_says() -> None:
    marks = _with(0, 0).with_one("a", start=NOW, duration=0, kind="mark", now=NOW - 60 * SCALE)
    assert [mark.id for mark in marks.all] == [f"mark-{1_790_000_000_000 + at}" for at in range(3)]
    again = marks.since(NOW + 9 * SCALE, now=NOW).with_one("b", start=NOW, duration=0, kind="mark", now=NOW)
    assert [mark.id for mark in again.all] == ["mark-1790000000003"]


def test_an_open_one_can_be_ended_once_and_not_before_it_begins() -> None:
    marks, name = _with(None, 0), "mark-1790000000000"
    with pytest.raises(ValueError, match="does not end before"):
        marks.with_end(name, NOW - SCALE, now=NOW)
    ended = marks.with_end(name, NOW + 5 * SCALE, now=NOW)
    assert ended.all[0].duration == 5 * SCALE
    assert ended.lines()[:1] == marks.lines()[:1]
    with pytest.raises(ValueError, match="cannot be changed"):
        ended.with_end(name, NOW + 5 * SCALE, now=NOW)
    with pytest.raises(ValueError, match="cannot be changed"):
        ended.with_end("mark-1790000000001", NOW + 5 * SCALE, now=NOW)
    with pytest.raises(KeyError):
        ended.with_end("mark-7", NOW, now=NOW)


def test_those_of_which_nothing_is_listed_any_more_are_let_go_and_open_ones_stay() -> None:
    marks = _with(0, 10 * SCALE, None)
    assert marks.since(NOW, now=NOW) is marks
    assert [mark.text for mark in marks.since(NOW + 11 * SCALE, now=NOW).all] == ["số 1", "số 2"]
    assert [mark.text for mark in marks.since(NOW + 12 * SCALE, now=NOW).all] == ["số 2"]


def test_what_left_and_what_changed_of_late_is_known() -> None:
    """RFC 8216bis 6.2.5.1: for updates without old marks."""
    later = NOW + 200 * SCALE
    marks = _with(0, None).with_end("mark-1790000000001", NOW + 50 * SCALE, now=NOW + 9 * SCALE)
    assert [mark.text for mark in marks.changed_since(NOW + SCALE).all] == ["số 1"]
    left = marks.since(NOW + SCALE, now=NOW + 20 * SCALE)
    assert left.removed_since(NOW + 20 * SCALE) == ["mark-1790000000000"]
    assert left.removed_since(NOW + 21 * SCALE) == []
    assert [name for name, _ in left.since(later, now=later).removed] == ["mark-1790000000001"]


def test_notes_of_an_earlier_version_are_of_marks_that_all_have() -> None:
    old = _with(0).to_notes()
    del old["removed"], old["all"][0]["changed"]
    assert Marks.from_notes(old).changed_since(1).all == ()


def test_there_are_not_more_than_playlists_can_carry() -> None:
    with pytest.raises(ValueError, match=f"{MOST} marks already"):
        _with(*[0] * (MOST + 1))


def test_notes_bring_them_back() -> None:
    marks = _with(0, None, 5 * SCALE).with_end("mark-1790000000001", NOW + 3 * SCALE, now=NOW)
    assert Marks.from_notes(json.loads(json.dumps(marks.to_notes()))) == marks
    assert Marks.from_notes(None) == Marks()


@pytest.mark.parametrize("broken", [
    [], {"last": 1}, {"last": -1, "all": []}, {"last": 1, "all": [5]}, {"last": 1, "all": [{"id": "a"}]},
    {"last": 1, "all": [{"id": "a", "text": 'a"', "start": 0, "duration": 0, "kind": "mark", "opened": 0}]},
    {"last": 1, "all": [{"id": 'a"', "text": "a", "start": 0, "duration": 0, "kind": "mark", "opened": 0}]},
])
def test_broken_notes_are_worth_nothing(broken: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        Marks.from_notes(broken)
