"""`xacast audit`."""

import json
from pathlib import Path

import pytest

from desk.audit.book import AuditBook
from desk.audit.chain import Head
from desk.audit.client import AuditClient
from desk.cli import run

AT = 1_795_309_323_000_000_000


@pytest.fixture(autouse=True)
def book(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AuditBook:
    """An audit of three entries, which a client reads without a headend."""
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    book = AuditBook(tmp_path)
    for number, channel in enumerate(("hop", "thu", "hop")):
        book.append({"what": f"take {number}", "at": AT, "channel": channel, "who": "lan", "why": "", "asked": {}})
    monkeypatch.setattr(AuditClient, "newest", lambda _self: book.page(-1)[0])
    monkeypatch.setattr(AuditClient, "lines", lambda _self: iter(book.page(0)[0]))
    monkeypatch.setattr(AuditClient, "head", lambda _self: book.head())
    return book


def cut_off(tmp_path: Path) -> None:
    path = tmp_path / "audit" / "audit.jsonl"
    path.write_text(path.read_text().rpartition('{"entry"')[0])


def test_entries_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "list"]) == 0
    assert [word in line for word, line in zip(
        ("take 0", "take 1", "take 2"), capsys.readouterr().out.splitlines(), strict=True,
    )] == [True] * 3


def test_those_of_a_channel_since_a_day_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "list", "--channel", "hop", "--since", "2026-11-01", "--json"]) == 0
    assert [json.loads(line)["number"] for line in capsys.readouterr().out.splitlines()] == [1, 3]
    assert run(["audit", "list", "--since", "2027-01-01"]) == 0
    assert capsys.readouterr().out == ""


def test_a_whole_one_tells_its_head(book: AuditBook, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "verify"]) == 0
    assert capsys.readouterr().out == f"3 entries, all right; the head is {book.head()}\n"


def test_one_that_is_cut_off_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """T-37."""
    cut_off(tmp_path)
    assert run(["audit", "verify"]) == 2
    assert "entries 3 to 3 are missing" in capsys.readouterr().err


def test_one_that_was_written_anew_with_its_head_is_found_by_a_head_noted_elsewhere(
    tmp_path: Path, book: AuditBook, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-37."""
    noted = str(book.head())
    cut_off(tmp_path)
    (tmp_path / "audit.head").unlink()
    assert run(["audit", "verify"]) == 2
    assert "the head of the audit is gone" in capsys.readouterr().err
    assert run(["audit", "verify", "--head", noted]) == 2
    assert "the end is cut off" in capsys.readouterr().err
    assert run(["audit", "verify", "--head", "3:x"]) == 2


def test_an_export_can_be_checked_elsewhere(
    tmp_path: Path, book: AuditBook, capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "out.jsonl"
    assert run(["audit", "export", str(file)]) == 0
    assert run(["audit", "verify", str(file), "--head", str(book.head())]) == 0
    file.write_text(file.read_text().replace("take 1", "take 9"))
    assert run(["audit", "verify", str(file)]) == 2
    assert "entry 2 is altered" in capsys.readouterr().err
    later = str(Head(number=9))
    assert run(["audit", "verify", "--head", later]) == 2


def test_a_part_and_a_spreadsheet(tmp_path: Path) -> None:
    assert run(["audit", "export", str(tmp_path / "part.jsonl"), "--channel", "thu"]) == 0
    assert len((tmp_path / "part.jsonl").read_text().splitlines()) == 1
    assert run(["audit", "export", str(tmp_path / "all.csv")]) == 0
    assert len((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()) == 4
    assert run(["audit", "export", str(tmp_path / "no" / "all.csv")]) == 2
