"""Sites as a file for a spreadsheet, in which no cell is a formula (T-35)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

COLUMNS = ("id", "name", "region", "address", "kind", "contact", "phone", "note", "labels", "line_kbps", "retired")
# What begins a formula, its full-width forms too; https://owasp.org/www-community/attacks/CSV_Injection
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")


def harmless(text: str) -> str:
    """The text with an apostrophe in front of what a spreadsheet would reckon with; `meant` takes it off."""
    return f"'{text}" if text.startswith(_STARTS) else text


def meant(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text


def rows_from(sites: Iterable[dict[str, Any]]) -> list[list[str]]:
    """Sites as the control API tells them, as rows with a heading."""
    rows = [list(COLUMNS)]
    for one in sites:
        told = one | {"labels": " ".join(one["labels"]), "line_kbps": one["line_kbps"] or ""}
        rows.append([harmless(str(told[key] if told[key] is not None else "")) for key in COLUMNS])
    return rows


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, by which Excel knows it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def xlsx_of(rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet, of which every cell is text: codes keep their zeros."""
    # A third of a second of imports, for a spreadsheet alone.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("sites")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()
