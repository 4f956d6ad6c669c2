"""`xacast mark`, over a stand-in for the headend."""

import json
from typing import Any

import pytest

from desk.api_client import ApiClient
from desk.cli import run

MADE = {"id": "mark-1", "text": "Khai mạc", "at": "2026-11-22T01:02:03.500Z", "duration": 0.0, "class": "mark"}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def mark(_self: ApiClient, name: str, words: dict[str, Any]) -> dict[str, Any]:
        assert name == "hop"
        found.append(words)
        return MADE

    monkeypatch.setattr(ApiClient, "mark", mark)
    monkeypatch.setattr(ApiClient, "marks", lambda _self, _name: {"marks": [MADE, {**MADE, "duration": None}]})
    return found


def test_a_moment_is_marked_now(given: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mark", "hop", "Khai mạc"]) == 0
    (words,) = given
    assert (words["text"], words["at"], words["duration"]) == ("Khai mạc", "", 0)
    assert words["who"]
    assert "class" not in words
    said = capsys.readouterr().out
    assert "Khai mạc (mark-1)" in said
    assert said.startswith("marked ")


def test_a_stretch_has_a_length_and_an_open_one_an_end_that_comes_later(given: list[dict[str, Any]]) -> None:
    lasting = ["--at", "2026-11-22T08:00:00Z", "--duration", "45min"]
    assert run(["mark", "hop", "a", *lasting, "--class", "speech"]) == 0
    assert run(["mark", "hop", "a", "--open"]) == 0
    assert run(["mark", "hop", "--end", "mark-1"]) == 0
    first, second, third = given
    assert (first["at"], first["duration"], first["class"]) == ("2026-11-22T08:00:00.000+00:00", 2_700, "speech")
    assert second["duration"] is None
    assert (third["end"], "text" in third) == ("mark-1", False)


def test_marks_are_listed_for_people_and_for_programs(
    given: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["mark", "hop", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["AT", "LASTS", "CLASS", "TEXT", "ID"]
    assert "0 s" in lines[1]
    assert "open" in lines[2]
    assert run(["mark", "hop", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["marks"][0] == MADE
    assert run(["mark", "hop", "a", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == MADE
    assert len(given) == 1


@pytest.mark.parametrize("words", [
    [], ["a", "--end", "mark-1"], ["a", "--list"], ["a", "--open", "--duration", "5s"], ["a", "--duration", "5"],
    ["a", "--at", "soon"], ["--end", "mark-1", "--open"],
])
def test_words_that_make_no_sense_reach_nobody(given: list[dict[str, Any]], words: list[str]) -> None:
    assert run(["mark", "hop", *words]) == 2
    assert given == []
