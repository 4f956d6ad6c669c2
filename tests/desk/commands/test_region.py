"""`xacast region`, over a stand-in for the headend."""

import json
from pathlib import Path
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
    answers.insert(0, found | {"regions": [HANOI] * 60, "count": 127})
    assert run(["region", "list", "--search", "ha noi"]) == 0
    assert capsys.readouterr().out.endswith("and 87 more; search for more words\n")
    assert run(["region", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found
    assert run(["region", "list"]) == 0
    assert "xacast region load official" in capsys.readouterr().out
    path = [{"id": "vn", "name": "Việt Nam"}, {"id": "01", "name": "Hà Nội"}]
    answers.append({**HANOI, "path": path, "sites": 5})
    assert run(["region", "show", "hà nội"]) == 0
    assert "Việt Nam (vn) > Hà Nội (01)\nprovince, 126 regions right below, 5 sites" in capsys.readouterr().out


def test_a_tree_of_one_s_own_is_sent_and_wrong_rows_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:
    file = tmp_path / "zones.csv"
    file.write_text("code,above,name\n")
    sent: list[tuple[Path, str, bool]] = []
    counts = {"regions": 3, "added": 2, "changed": 1, "removed": 0, "moved": 0}
    answers = [
        {"written": True, "bad": 0, "rows": [], **counts},
        {"written": False, "bad": 1, "rows": [{"line": 7, "reason": "c has no place"}], **counts},
    ]

    def taken(_self: object, at: Path, levels: str, *, dry: bool, said: dict[str, Any]) -> dict[str, Any]:
        assert said["why"] == ""
        sent.append((at, levels, dry))
        return answers.pop(0)

    monkeypatch.setattr(RegisterClient, "import_regions", taken)
    words = ["region", "import", str(file), "--level", "bộ/ministry", "--level", "đơn vị/unit"]
    assert run(words) == 0
    assert "3 regions: 2 are new, 1 changed, 0 gone" in capsys.readouterr().out
    assert run([*words, "--dry-run"]) == 2
    assert "line 7: c has no place" in capsys.readouterr().out
    assert sent == [(file, "bộ/ministry,đơn vị/unit", False), (file, "bộ/ministry,đơn vị/unit", True)]
