"""`xacast region`, over a stand-in for the headend."""

import json
from typing import Any

import pytest

from desk.cli import run
from desk.register.register_client import RegisterClient

HANOI = {
    "id": "01", "name": "Thành phố Hà Nội", "address": "Thành phố Hà Nội", "parent": "vn", "depth": 1,
    "level": "province", "below": 126,
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(RegisterClient, "_ask", lambda _self, *_words: found.pop(0))
    return found


def test_loading_says_what_came_and_whom_to_look_at(
    answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    answers.append({"added": 1, "changed": 2, "removed": 3, "moved": 4, "divided": ["s1"]})
    assert run(["region", "load", "official", "--why", "luật mới"]) == 0
    said = capsys.readouterr().out
    assert "1 regions added, 2 changed, 3 removed; 4 sites moved" in said
    assert "look at these, whose unit was divided: s1" in said
    assert run(["region", "load", "old"]) == 2


def test_regions_are_listed_and_shown(answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    found = {"levels": [{}], "regions": [HANOI], "count": 3}
    answers += [found, found, {"levels": [], "regions": [], "count": 0}]
    assert run(["region", "list", "--search", "ha noi"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[1].split()[:3] == ["01", "province", "126"]
    assert "and 2 more" in said
    assert run(["region", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found
    assert run(["region", "list"]) == 0
    assert "xacast region load official" in capsys.readouterr().out
    path = [{"id": "vn", "name": "Việt Nam"}, {"id": "01", "name": "Hà Nội"}]
    answers.append({**HANOI, "path": path, "sites": 5})
    assert run(["region", "show", "hà nội"]) == 0
    assert "Việt Nam (vn) > Hà Nội (01)\nprovince, 126 regions right below, 5 sites" in capsys.readouterr().out


def test_a_region_s_list_is_shown_set_and_taken_away(
    answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    own = {"region": "01", "networks": ["10.0.0.0/8"], "holding": ["10.0.0.0/8"]}
    above, none = {**own, "networks": []}, {**own, "networks": [], "holding": []}
    for words, answer, told in (
        (["10.0.0.0/8"], own, "may watch from 10.0.0.0/8\n"), (["--show"], above, "of a region above it"),
        (["--clear"], none, "from anywhere"),
    ):
        answers.append(answer)
        assert run(["region", "allow", "01", *words]) == 0
        assert told in capsys.readouterr().out
    for words in ([], ["10.0.0.0/8", "--clear"], ["--show", "--clear"]):
        assert run(["region", "allow", "01", *words]) == 2
