"""Small files of each kind."""

import io
import zipfile

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)


def office(part: str, *more: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        for name in ("[Content_Types].xml", part, *more):
            parts.writestr(name, "<x/>")
    return made.getvalue()
