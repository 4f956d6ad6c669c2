"""The audit, for who has the key of this machine.

    GET /api/v1/audit?at=BYTE   {"lines": [line, …], "next": byte, "head": "number:hash"}

`at` is the “next” of an answer before, 0 for the oldest, -1 for the newest; no lines: that was the end. Who asks
puts them together and looks at the chain, so that a long one keeps nobody waiting here.
"""

import asyncio

from aiohttp import web

from desk.audit.book import AuditBook
from desk.errors import RefusedError
from desk.machine_key import FILE, has_key
from flow.errors import OperatorError


class AuditRoutes:
    """The handler."""

    def __init__(self, book: AuditBook, key: str) -> None:
        self._book = book
        self._key = key

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.get("/api/v1/audit", self.page)]

    async def page(self, request: web.Request) -> web.Response:
        """Some lines. Looking is not free here: reasons are not everybody's."""
        if not has_key(request, self._key):
            problem = "only who runs xacast may read the audit"
            raise RefusedError(401, problem, f"Run the command as its user; XACAST_DATA names where {FILE} is")
        text = request.query.get("at", "-1")
        if text != "-1" and not (text.isascii() and text.isdigit() and len(text) <= 16):
            problem = "“at” is no place in the audit"
            raise OperatorError(problem, "Send the “next” of an earlier answer, 0 or -1")
        # The head first: lines that come meanwhile are beyond it, which is no fault.
        head = await asyncio.to_thread(self._book.head)
        lines, after = await asyncio.to_thread(self._book.page, int(text))
        return web.json_response({"lines": lines, "next": after, "head": str(head) if head else ""})
