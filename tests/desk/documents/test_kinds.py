"""Files are known by what is in them."""

import io
import struct

import pytest

from desk.documents.kinds import ending_of
from flow.errors import OperatorError
from tests.desk.documents.files import PDF, PNG, office


@pytest.mark.parametrize(("content", "ending"), [
    (PDF, "pdf"), (PNG, "png"), (b"\xff\xd8\xff\xe0rest", "jpg"), (office("word/document.xml"), "docx"),
    (office("ppt/presentation.xml"), "pptx"), (office("xl/workbook.xml"), "xlsx"),
])
def test_each_kind_is_known(content: bytes, ending: str) -> None:
    assert ending_of(io.BytesIO(content)) == ending


@pytest.mark.parametrize("content", [
    b"", b"MZ\x90", b"<html><script>", b"#!/bin/sh", b" %PDF-1.7", b"PK\x03\x04" + bytes(40), office("x.exe"),
    office("word/document.xml", "xl/workbook.xml"), office("word/document.xml", "word/vbaProject.bin"),
    office("word/document.xml")[:-30],
])
def test_anything_else_is_refused(content: bytes) -> None:
    """T-31: nothing that a browser or an office program runs is handed out."""
    with pytest.raises(OperatorError):
        ending_of(io.BytesIO(content))


def test_a_list_of_names_that_says_it_is_huge_is_not_read() -> None:
    """T-34."""
    content = bytearray(office("word/document.xml"))
    struct.pack_into("<HHI", content, len(content) - 14, 60_000, 60_000, 60_000_000)
    with pytest.raises(OperatorError):
        ending_of(io.BytesIO(bytes(content)))
