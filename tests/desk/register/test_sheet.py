"""Files are read under limits, and what is no list of places is refused."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from desk.register import sheet
from desk.register.sheet import rows_of
from desk.register.sheet_writer import csv_of, xlsx_of
from flow.errors import OperatorError

ROWS = [["Tên", "Mã"], ["Hội trường", "00004"], ["", ""], ["Nhà văn hóa", "05665"]]
READ = [(1, ["Tên", "Mã"]), (2, ["Hội trường", "00004"]), (4, ["Nhà văn hóa", "05665"])]


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16", b"")])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_comes_in_many_dresses(tmp_path: Path, encoding: str, mark: bytes, delimiter: str) -> None:
    file = tmp_path / "list"
    file.write_bytes(mark + "\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding))
    assert list(rows_of(file)) == READ


@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_what_spreadsheets_put_between_words_is_a_space(
    tmp_path: Path, write: Callable[[Iterable[Sequence[str]]], bytes],
) -> None:
    file = tmp_path / "list"
    file.write_bytes(write([["name", "region"], ["Hội\u00a0trường\n UBND\u200b", "\ufeff00004 "]]))
    assert [cells for _, cells in rows_of(file)] == [["name", "region"], ["Hội trường UBND", "00004"]]


def test_a_spreadsheet_is_read_and_its_codes_keep_their_zeros(tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_bytes(xlsx_of(ROWS))
    assert list(rows_of(file)) == READ


@pytest.mark.parametrize("body", [
    "tên\nHội".encode("utf-16-le"), "Hội trường".encode("cp1258", "replace"), b"a\0b", b'a,"b\n',
    b"PK\x03\x04rubbish", b"PK\x03\x04", xlsx_of(ROWS)[:-30],
])
def test_what_is_no_list_is_refused(tmp_path: Path, body: bytes) -> None:
    """T-34."""
    file = tmp_path / "list"
    file.write_bytes(body)
    with pytest.raises(OperatorError):
        list(rows_of(file))


def _with(part: str, body: bytes) -> bytes:
    """A spreadsheet with another body of one part."""
    target = io.BytesIO()
    packed = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(xlsx_of(ROWS))) as old, zipfile.ZipFile(target, "w", packed) as new:
        for one in old.infolist():
            new.writestr(one.filename, body if one.filename == part else old.read(one))
    return target.getvalue()


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(("body", "problem"), [
    (_with(SHEET, b'<?xml version="1.0"?>' + ENTITIES), "document type"),
    (_with(SHEET, (b'<?xml version="1.0"?>' + ENTITIES).decode().encode("utf-16")), "document type"),
    (_with(SHEET, b"<!--" + b"x" * ((1 << 20) - 8) + b"-->" + ENTITIES), "document type"),
    (_with(SHEET, b"\0" * (sheet.MOST_UNPACKED + 1)), "unpacks to more than"),
])
def test_bombs_in_spreadsheets_are_refused(tmp_path: Path, body: bytes, problem: str) -> None:
    """T-34: entities, and a few bytes that unpack to very many."""
    file = tmp_path / "list"
    file.write_bytes(body)
    with pytest.raises(OperatorError, match=problem):
        list(rows_of(file))


def test_more_than_any_country_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-34."""
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    monkeypatch.setattr(sheet, "MOST_BYTES", 200)
    file = tmp_path / "list"
    wide = "," * 66 + "x"
    for text, problem in (("a\nb\nc", "more than 2 rows"), ("a" * 201, "larger than"), (wide, "columns")):
        file.write_text(text)
        with pytest.raises(OperatorError, match=problem):
            list(rows_of(file))
