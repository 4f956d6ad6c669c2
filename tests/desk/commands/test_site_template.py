"""`xacast site template`, over a stand-in for the headend."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from desk.cli import run
from desk.register.register_client import RegisterClient
from desk.register.sheet import rows_of

TREE = {"hà nam": ["1", "2"], "1": ["11", "12"], "11": [], "12": [], "2": []}


@pytest.fixture(autouse=True)
def tree(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_self: object, _method: str, path: str) -> dict[str, Any]:
        below = TREE[parse_qs(urlsplit(path).query)["below"][0]]
        return {"regions": [
            {"id": one, "name": one, "address": f"Xã {one}", "below": len(TREE[one])} for one in below
        ]}

    monkeypatch.setattr(RegisterClient, "_ask", ask)


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_each_place_at_the_bottom_has_a_row_that_can_be_imported(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / name
    assert run(["site", "template", str(file), "--province", "hà nam"]) == 0
    assert "2 rows" not in capsys.readouterr().out
    rows = [cells for _, cells in rows_of(file)]
    assert [(row[2], row[3], row[4]) for row in rows[1:]] == [
        ("11", "Xã 11", "hall"), ("12", "Xã 12", "hall"), ("2", "Xã 2", "hall"),
    ]


def test_another_kind_of_file_is_refused_before_anything_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["site", "template", str(tmp_path / "list.ods"), "--province", "nowhere"]) == 2
    assert "neither .csv nor .xlsx" in capsys.readouterr().err
