"""What is written for spreadsheets holds no formula, and comes back as it was."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.register.sheet import rows_of
from desk.register.sheet_writer import COLUMNS, csv_of, harmless, meant, rows_from, xlsx_of
from desk.register.site_words import shown
from tests.desk.register.filled import a_site
from tests.desk.register.trees import a_tree

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize("text", ['=LINK("http://x")', "+84 912 345", "-1", "@SUM(1)", "\uff1d1", "'=1", "''"])
def test_formulas_are_texts(text: str) -> None:
    """T-35."""
    assert harmless(text) == f"'{text}"
    assert meant(harmless(text)) == text


@settings(max_examples=50)
@given(st.text())
def test_every_text_comes_back_and_begins_no_formula(text: str) -> None:
    """T-35."""
    assert meant(harmless(text)) == text
    assert not harmless(text).startswith(FORMULAS)


@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_sites_are_written_and_read_again(write: object) -> None:
    site = a_site(name="=cmd|' /C calc'!A0", phone="+84 912", labels=frozenset({"moh", "ubnd"}))
    rows = rows_from([shown(site, a_tree())])
    assert rows[0] == list(COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list"
        file.write_bytes(write(rows))  # type: ignore[operator]
        read = dict(zip(COLUMNS, list(rows_of(file))[1][1], strict=False))
    assert (read["name"], read["phone"]) == ("'=cmd|' /C calc'!A0", "'+84 912")
    assert (meant(read["name"]), read["region"], read["labels"]) == (site.name, "00004", "moh ubnd")


def test_excel_knows_the_encoding_by_its_mark() -> None:
    body = csv_of([["Đặc khu", 'a"b']])
    assert body.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(body.decode("utf-8-sig")))) == [["Đặc khu", 'a"b']]
