"""What kind of file something is, by what is in it; its name says nothing. Reads files, and is bounded (T-34)."""

import struct
import zipfile
from typing import IO

from flow.errors import OperatorError

_BEGINNINGS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_OFFICE = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
_TYPES = "[Content_Types].xml"
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_REMARK = 0xFFFF
_MOST_NAMES = 10_000
_MOST_DIRECTORY = 4 << 20
"""Names in an office file, and bytes of the list of them; longer ones are read by nobody."""


def ending_of(file: IO[bytes]) -> str:
    """The ending that a file of this kind has: pdf, png, jpg, docx, pptx, xlsx.

    Raises OperatorError for any other kind, and for office files with programs (macros) in them.
    """
    file.seek(0)
    begins = file.read(8)
    for beginning, ending in _BEGINNINGS.items():
        if begins.startswith(beginning):
            return ending
    if begins.startswith(b"PK\x03\x04") and (found := _office(file)) is not None:
        return found
    problem = "this is no document that is handed out"
    raise OperatorError(problem, "Send a PDF, DOCX, PPTX, XLSX, PNG or JPEG file")


def _office(file: IO[bytes]) -> str | None:
    if not _has_short_list(file):
        return None
    try:
        with zipfile.ZipFile(file) as parts:
            names = {name.lower() for name in parts.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if any(name.endswith("vbaproject.bin") for name in names):
        problem = "there are programs (macros) in this document"
        raise OperatorError(problem, "Send it without them, or as PDF")
    kinds = [ending for name, ending in _OFFICE.items() if name in names]
    return kinds[0] if len(kinds) == 1 and _TYPES.lower() in names else None


def _has_short_list(file: IO[bytes]) -> bool:
    """Whether the archive's list of names is short (APPNOTE 4.3.16), before anything reads it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_LENGTH - _LONGEST_REMARK))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        return False
    names, length = struct.unpack_from("<HI", tail, at + 10)
    return 0 < names <= _MOST_NAMES and length <= _MOST_DIRECTORY and b"PK\x06\x07" not in tail[:at][-20:]
