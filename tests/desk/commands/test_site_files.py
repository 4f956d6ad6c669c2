"""`xacast site import` and `export`, over a stand-in for the headend."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk.cli import run
from desk.register.register_client import RegisterClient
from tests.desk.commands.test_site import SITE

DONE = {"written": True, "new": 2, "changed": 1, "same": 0, "bad": 0, "sites": [SITE], "changes": [], "rows": []}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def send(_self: object, _file: Path, *, dry: bool, said: dict[str, str], tell: Callable[..., None]) -> Any:
        assert said["who"]
        tell({"step": "check", "done": 1, "of": 2})
        tell({"step": "check", "done": 2, "of": 2})
        return found.pop(0) | ({"written": False} if dry else {})

    monkeypatch.setattr(RegisterClient, "import_sites", send)
    monkeypatch.setattr(RegisterClient, "_ask", lambda _self, *_words: found.pop(0))
    return found


def test_an_import_says_what_it_did(
    tmp_path: Path, answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "sites.csv"
    file.touch()
    was, now = {"phone": "", "labels": ["a"]}, {"phone": "0912", "labels": []}
    change = {"id": "s1", "name": "x", "was": was, "now": now}
    answers += [DONE, DONE | {"changes": [change]}]
    assert run(["site", "import", str(file)]) == 0
    assert capsys.readouterr().out == "registered: 2 new, 1 changed, 0 as they were\n"
    assert run(["site", "import", str(file), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "+ s00004  Hội trường, Phường Ba Đình, Thành phố Hà Nội" in said
    assert "~ s1  x: phone nothing → 0912, labels a → nothing" in said
    assert "nothing was changed" in said


def test_bad_rows_are_named_and_the_command_fails(
    tmp_path: Path, answers: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "sites.csv"
    file.touch()
    answers.append(DONE | {"written": False, "bad": 1, "rows": [{"line": 7, "reason": "it says no region."}]})
    assert run(["site", "import", str(file)]) == 2
    said = capsys.readouterr()
    assert "line 7: it says no region." in said.out
    assert "1 rows are wrong, and nothing was changed" in said.err


@pytest.mark.parametrize("name", ["sites.csv", "sites.xlsx"])
def test_an_export_is_a_file(tmp_path: Path, answers: list[dict[str, Any]], name: str) -> None:
    answers += [
        {"sites": [SITE], "count": 2, "next": "s00004"},
        {"sites": [SITE | {"id": "s9"}], "count": 2, "next": None},
    ]
    assert run(["site", "export", str(tmp_path / name)]) == 0
    assert (tmp_path / name).stat().st_size > 100


def test_a_file_of_another_sort_is_refused(tmp_path: Path) -> None:
    assert run(["site", "export", str(tmp_path / "sites.ods")]) == 2
