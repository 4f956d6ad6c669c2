"""The importing process: everything or nothing, whatever the file."""

import io
import json
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from desk.database.database import Database
from desk.register import import_main
from desk.register.division_load import load_division
from desk.register.import_main import main, work
from desk.register.official import Division, official_units
from desk.register.sheet_writer import csv_of
from desk.register.site_changes import all_sites
from flow.errors import OperatorError
from tests.desk.register.filled import fill


def _list(tmp_path: Path, *rows: list[str]) -> Path:
    file = tmp_path / "list"
    file.write_bytes(csv_of([["name", "region", "phone"], *rows]))
    return file


def _count(address: str) -> int:
    database = Database.open(address)
    found = len(all_sites(database)[1])
    database.close()
    return found


def test_a_list_is_registered_and_a_second_time_changes_nothing(tmp_path: Path, database_url: str) -> None:
    fill(Database.open(database_url)).close()
    file = _list(tmp_path, ["Hội trường", "00004", "0912"], ["Hội trường", "05665", "0913"])
    told: list[dict[str, Any]] = []
    dry = work(database_url, file, dry=True, tell=told.append)
    assert (dry["written"], dry["new"], [one["id"] for one in dry["sites"]]) == (False, 2, ["s00004", "s05665"])
    assert _count(database_url) == 0
    assert work(database_url, file, dry=False, tell=told.append)["written"] is True
    assert (told[-1], told[0]["step"]) == ({"step": "write", "done": 2, "of": 2}, "read")
    again = work(database_url, _list(tmp_path, ["Hội trường", "00004", "0999"], ["Hội trường", "05665", "0913"]),
                 dry=False, tell=told.append)
    assert (again["new"], again["changed"], again["same"]) == (0, 1, 1)
    assert again["changes"] == [
        {"id": "s00004", "name": "Hội trường", "was": {"phone": "0912"}, "now": {"phone": "0999"}},
    ]


def test_one_bad_row_keeps_all_out(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'register.db'}"
    fill(Database.open(address)).close()
    done = work(address, _list(tmp_path, ["a", "00004", ""], ["b", "9", ""]), dry=False, tell=lambda _words: None)
    assert (done["written"], done["bad"], done["rows"][0]["line"]) == (False, 1, 3)
    assert _count(address) == 0


def test_all_communes_of_the_country_are_registered(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'register.db'}"
    database = Database.open(address)
    load_division(database, Division.OFFICIAL)
    database.close()
    communes = [one for one in official_units(Division.OFFICIAL).regions if one.depth == 2]
    file = _list(tmp_path, *([f"Hội trường UBND {one.name}", one.id, ""] for one in communes))
    done = work(address, file, dry=False, tell=lambda _words: None)
    assert (done["written"], done["new"]) == (True, 3_321)


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="has no sites"):
        work("", _list(tmp_path), dry=False, tell=lambda _words: None)


def test_the_process_says_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-34: with limits of its own."""
    limits: list[int] = []
    monkeypatch.setattr(import_main.resource, "setrlimit", lambda which, _values: limits.append(which))
    monkeypatch.setattr(import_main.os, "nice", lambda by: limits.append(-by))
    monkeypatch.setattr(import_main.warnings, "simplefilter", lambda _what: None)
    monkeypatch.setattr(import_main.signal, "signal", lambda which, _handler: limits.append(which))
    order = {"address": "postgresql://hoa:canary-12ab@127.0.0.1:1/x", "dry": True}
    for rows, status, words in (([], 2, "has no sites"), ([["a", "00004", ""]], 2, "does not answer")):
        path = _list(tmp_path, *rows)
        monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps({**order, "path": str(path)})))
        assert main() == status
        said = capsys.readouterr().err
        assert words in json.loads(said.splitlines()[-1])["problem"]
        assert "canary" not in said
    assert set(limits) == {
        -10, import_main.resource.RLIMIT_AS, import_main.resource.RLIMIT_CPU, signal.SIGXCPU,
    }


def test_a_file_that_takes_too_long_to_read_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-34: the kernel's signal ends it, wherever it is, and the register has a minute of its own."""
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(import_main.resource, "setrlimit", lambda which, values: limits.append((which, values)))
    monkeypatch.setattr(import_main.os, "nice", lambda _by: None)
    monkeypatch.setattr(import_main.warnings, "simplefilter", lambda _what: None)
    order = {"address": f"sqlite:///{tmp_path / 'register.db'}", "path": str(_list(tmp_path)), "dry": True}
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(order)))
    before = signal.getsignal(signal.SIGXCPU)
    monkeypatch.setattr(import_main, "rows_of", lambda _path: signal.raise_signal(signal.SIGXCPU))
    try:
        assert main() == 2
    finally:
        signal.signal(signal.SIGXCPU, before)
    assert "more than 4 s" in json.loads(capsys.readouterr().err)["problem"]
    processor = [values[0] for which, values in limits if which == import_main.resource.RLIMIT_CPU]
    assert processor == [import_main.READING_S, 60]
