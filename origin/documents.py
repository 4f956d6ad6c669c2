"""What is handed out with programmes: files, for the audience alone, for as long as it may watch."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from aiohttp import hdrs, web

from flow.errors import ViewerError
from flow.ids import ChannelId
from flow.listing import Document
from origin.gate.invitations import Invitations
from origin.gate.pace import Pace
from origin.paths import Table
from origin.requests import channel_of, unknown

Handed = Callable[[str, ChannelId], Sequence[Document]]
"""What is handed out to a site on a channel just now; answers at once."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES: Mapping[str, str] = MappingProxyType({
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg",
    "docx": f"{_OFFICE}.wordprocessingml.document", "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
})
"""By the ending of a file of that kind."""
BURST = 256
A_SECOND = 16
"""Pieces that a site may ask for: at once, and then each second."""
_NUMBER = re.compile(r"[1-9][0-9]{0,11}")
_UNSAFE = re.compile(r'[^\w .,()+-]')
_HEADERS = {
    "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Cookie",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Documents:
    """The handler of `/doc/<channel>/<number>`, and of the same below `/t/<site token>`."""

    def __init__(self, invitations: Invitations, handed: Handed, folder: Path) -> None:
        """`folder` has the files, each under its digest."""
        self._invitations = invitations
        self._handed = handed
        self._folder = folder
        self._pace = Pace(burst=BURST, a_second=A_SECOND)

    def table(self) -> Table:
        """All addresses that there are."""
        return dict.fromkeys(("/doc/{channel}/{number}", "/t/{site}/doc/{channel}/{number}"), self.document)

    async def document(self, request: web.Request) -> web.StreamResponse:
        """One file, or a range of it; its bytes are read outside of the loop (RFC 9110 14)."""
        channel, number = channel_of(request), request.match_info["number"]
        site = self._invitations.site_of(request)
        if site is None or not _NUMBER.fullmatch(number):
            raise unknown()
        one = next((one for one in self._handed(site, channel) if one.number == int(number)), None)
        if one is None:
            raise unknown()
        if not self._pace.allows(site, time.monotonic_ns()):
            raise ViewerError(503, "too many documents")
        return web.FileResponse(self._folder / one.digest, headers={
            **_HEADERS, hdrs.CONTENT_TYPE: TYPES[one.ending], hdrs.CONTENT_DISPOSITION: disposition(one),
        })


def disposition(one: Document) -> str:
    """What a browser calls the file when it keeps it, with Vietnamese letters (RFC 6266, RFC 8187)."""
    name = f"{_UNSAFE.sub('_', one.title).strip(' .') or 'document'}.{one.ending}"
    return f"attachment; filename=\"document-{one.number}.{one.ending}\"; filename*=UTF-8''{quote(name, safe='')}"
