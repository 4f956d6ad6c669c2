"""The audit, for administrators of the country.

    GET /api/v1/audit?at=BYTE   {"lines": [line, …], "next": byte, "head": "number:hash"}

`at` is the “next” of an answer before, 0 for the oldest, -1 for the newest; no lines: that was the end. Who asks
puts them together and looks at the chain, so that a long one keeps nobody waiting here.
"""

import asyncio

from aiohttp import web

from desk.audit.book import AuditBook
from flow.errors import OperatorError


class AuditRoutes:
    """The handler."""

    def __init__(self, book: AuditBook) -> None:
        self._book = book

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.get("/api/v1/audit", self.page)]

    async def page(self, request: web.Request) -> web.Response:
        """Some lines."""
        text = request.query.get("at", "-1")
        if text != "-1" and not (text.isascii() and text.isdigit() and len(text) <= 16):
            problem = "“at” is no place in the audit"
            raise OperatorError(problem, "Send the “next” of an earlier answer, 0 or -1")
        # The head first: lines that come meanwhile are beyond it, which is no fault.
        head = await asyncio.to_thread(self._book.head)
        lines, after = await asyncio.to_thread(self._book.page, int(text))
        return web.json_response({"lines": lines, "next": after, "head": str(head) if head else ""})
