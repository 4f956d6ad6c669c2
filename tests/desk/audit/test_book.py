"""The audit on the disk."""

import os
from pathlib import Path

import pytest

from desk.audit.book import GONE, AuditBook
from desk.audit.chain import Head, read_line, verify
from flow.errors import ToolError


def lines_of(data: Path) -> list[str]:
    return (data / "audit" / "audit.jsonl").read_text("ascii").splitlines()


def filled(data: Path, count: int = 3) -> AuditBook:
    book = AuditBook(data)
    for number in range(count):
        book.append({"what": f"take {number}", "at": number})
    return book


def test_entries_are_kept_for_the_owner_alone(tmp_path: Path) -> None:
    book = filled(tmp_path)
    assert verify(lines_of(tmp_path), book.head()).fault == ""
    assert (tmp_path / "audit" / "audit.jsonl").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "audit.head").stat().st_mode & 0o777 == 0o600


def test_another_life_goes_on_with_the_chain(tmp_path: Path) -> None:
    filled(tmp_path)
    assert filled(tmp_path).append({}) == 7
    assert verify(lines_of(tmp_path), AuditBook(tmp_path).head()).fault == ""


def test_what_is_cut_off_stays_missing_in_the_next_life(tmp_path: Path) -> None:
    """T-37."""
    filled(tmp_path)
    path = tmp_path / "audit" / "audit.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines_of(tmp_path)[:2]))
    book = filled(tmp_path, 1)
    assert verify(lines_of(tmp_path), book.head()).fault == "entry 3 is missing: entry 4 stands in its place"


def test_a_head_that_is_gone_is_told_in_the_next_entry(tmp_path: Path) -> None:
    """T-37."""
    filled(tmp_path)
    (tmp_path / "audit.head").unlink()
    book = filled(tmp_path, 2)
    told = [read_line(line) for line in lines_of(tmp_path)]
    assert [bool(words and words["entry"].get("noticed") == GONE) for words in told] == [0, 0, 0, 1, 0]
    assert verify(lines_of(tmp_path), book.head()).fault == ""


def test_a_power_cut_between_a_line_and_its_head_loses_neither(tmp_path: Path) -> None:
    """F-30."""
    filled(tmp_path, 2)
    before = (tmp_path / "audit.head").read_text()
    filled(tmp_path, 1)
    (tmp_path / "audit.head").write_text(before)
    assert filled(tmp_path, 1).head() == Head.parse((tmp_path / "audit.head").read_text())
    assert verify(lines_of(tmp_path), AuditBook(tmp_path).head()).fault == ""
    assert len(lines_of(tmp_path)) == 4


def test_half_a_line_of_a_power_cut_is_nobody_s_entry(tmp_path: Path) -> None:
    """F-30."""
    filled(tmp_path)
    with (tmp_path / "audit" / "audit.jsonl").open("a") as file:
        file.write('{"entry":{"nu')
    book = filled(tmp_path, 1)
    assert verify(lines_of(tmp_path), book.head()).head.number == 4


def test_an_entry_that_cannot_be_kept_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-21: with a full disk the chain stays right, and goes on once there is room."""
    book = filled(tmp_path)

    def full(place: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(ToolError, match="No space left"):
            book.append({"what": "lost"})
    assert len(lines_of(tmp_path)) == 3
    assert book.append({"what": "kept"}) == 4
    assert verify(lines_of(tmp_path), book.head()).fault == ""


def test_it_is_read_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = filled(tmp_path, 9)
    monkeypatch.setattr("desk.audit.book.PAGE", 700)
    read: list[str] = []
    at = 0
    while (found := book.page(at))[0]:
        read += found[0]
        at = found[1]
    assert read == lines_of(tmp_path)
    newest, end = book.page(-1)
    assert 0 < len(newest) < 9
    assert newest == read[-len(newest):]
    assert book.page(end) == ([], end)
    assert AuditBook(tmp_path / "nowhere").page(0) == ([], 0)
