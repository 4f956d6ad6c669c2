"""The control API's own description.

    GET /api/v1/openapi.json   OpenAPI 3.1, see `desk/api/document.py`

It is put together when somebody asks for it, and not kept: that happens once in a deployment.
"""

import asyncio

from aiohttp import web


class DocumentRoutes:
    """The one handler."""

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.get("/api/v1/openapi.json", self.show)]

    async def show(self, _request: web.Request) -> web.Response:
        """The document."""
        from desk.api.document import document  # noqa: PLC0415 - nobody else needs it

        return web.json_response(await asyncio.to_thread(document))
