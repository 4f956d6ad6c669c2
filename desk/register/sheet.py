"""A list of places as a file: rows of texts with their line numbers, read under limits (T-34).

CSV in UTF-8, or in UTF-16 with its mark, parted by comma, semicolon or tab; XLSX, of which the first sheet counts.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NoReturn

from flow.errors import OperatorError

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 64
MOST_CELL = 2_000
_MOST_PARTS = 2_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TYPE = b"<!DOCTYPE"
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
"""Soft hyphen, spaces without a width, a mark in the middle."""
_ZIP = b"PK\x03\x04"

Row = tuple[int, list[str]]
"""Its line in the file, counted from 1, and its cells."""


def rows_of(path: Path) -> Iterator[Row]:
    """The rows that have something in them; raises OperatorError for a file that is none of these, or too big."""
    if path.stat().st_size > MOST_BYTES:
        _refuse(f"the file is larger than {MOST_BYTES >> 20} MiB")
    with path.open("rb") as file:
        head = file.read(4)
    yield from _checked(_xlsx(path) if head == _ZIP else _csv(path.read_bytes()))


def csv_rows(content: bytes) -> list[Row]:
    """The same of a CSV file that is in memory; raises OperatorError."""
    return list(_checked(_csv(content)))


def _checked(rows: Iterator[Row]) -> Iterator[Row]:
    for count, (line, cells) in enumerate(rows):
        if count >= MOST_ROWS:
            _refuse(f"the file has more than {MOST_ROWS} rows")
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS or any(len(cell) > MOST_CELL for cell in cells):
            _refuse(f"line {line} has more than {MOST_COLUMNS} columns, or a text over {MOST_CELL} letters")
        if cells:
            yield line, cells


def _refuse(problem: str) -> NoReturn:
    raise OperatorError(problem, "Send a list of places as CSV in UTF-8 or as XLSX; docs/register.md shows one")


def _csv(content: bytes) -> Iterator[Row]:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        _refuse("the file is neither UTF-8 nor XLSX")
    if "\0" in text:
        _refuse("the file is no text")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [_line(cell) for cell in cells]
    except csv.Error as error:
        _refuse(f"line {reader.line_num} cannot be read: {error}")


def _xlsx(path: Path) -> Iterator[Row]:
    # A third of a second of imports, for a spreadsheet alone.
    from openpyxl import load_workbook  # noqa: PLC0415

    _check_archive(path)
    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            # Of what a sheet says of its own size nothing is believed.
            sheet.reset_dimensions()
            for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
                yield line, [_text(cell) for cell in cells]
        except (OperatorError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - a broken spreadsheet breaks the library anywhere
            _refuse("the spreadsheet cannot be read")


def _check_archive(path: Path) -> None:
    """A few bytes may unpack to a disk full, and XML may name entities that grow or are files of this machine."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                _refuse(f"the spreadsheet unpacks to more than {MOST_UNPACKED >> 20} MiB")
            for part in parts:
                with archive.open(part) as file:
                    _check_xml(file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError):
        _refuse("the spreadsheet cannot be read")


def _check_xml(part: IO[bytes]) -> None:
    # No spreadsheet has a document type. UTF-16 has zeros between its letters, and a comment may stand before it.
    tail = b""
    while piece := part.read(1 << 20):
        seen = tail + piece.replace(b"\0", b"")
        if _TYPE in seen:
            _refuse("the spreadsheet has a document type, which none needs")
        tail = seen[1 - len(_TYPE):]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _line(str(cell))


def _line(text: str) -> str:
    """What stands in a cell, on one line: spreadsheets are full of hard spaces and of what nobody sees."""
    return " ".join(text.translate(_UNSEEN).split())
