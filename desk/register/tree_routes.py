"""A tree of regions of somebody's own, sent to the register.

    POST /api/v1/regions/import?levels=bộ/ministry,đơn vị/unit&dry=1&who=&why=   CSV as application/octet-stream
        -> {"result": {"written", "regions", "added", "changed", "removed", "bad", "rows": [{"line", "reason"}]}}
"""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from desk.database.door import DatabaseDoor
from desk.errors import RefusedError
from desk.said import said_in
from flow.errors import OperatorError

_log = logging.getLogger(__name__)
MOST_BYTES = 4 * 1024 * 1024


class TreeRoutes:
    """The handler."""

    def __init__(self, door: DatabaseDoor, told: Callable[[], Awaitable[None]]) -> None:
        """`told` is waited for when the tree has changed."""
        self._door = door
        self._told = told

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener; before `/api/v1/regions/{region}`."""
        return [web.post("/api/v1/regions/import", self.take)]

    async def take(self, request: web.Request) -> web.Response:
        """Make the register's tree another, or say what that would change."""
        from desk.register.own_tree import levels_from  # noqa: PLC0415
        from desk.register.sheet import csv_rows  # noqa: PLC0415
        from desk.register.tree_import import import_tree  # noqa: PLC0415

        if request.content_type != "application/octet-stream":  # a form on a foreign page cannot send it (T-30)
            problem = "a tree is sent as application/octet-stream"
            raise RefusedError(415, problem, "Set Content-Type")
        levels = levels_from(request.query.get("levels", "").split(","))
        said, dry = said_in(request.query), request.query.get("dry", "") not in {"", "0"}
        content = await _received(request)
        done = await self._door.ask(
            lambda database: import_tree(database, levels, csv_rows(content), dry=dry),
        )
        if done["written"]:
            await self._told()
            _log.info("%s sent a tree of regions%s", said.who or "somebody", f": {said.why}" if said.why else "")
        return web.json_response({"result": done})


async def _received(request: web.Request) -> bytes:
    content = bytearray()
    async for piece in request.content.iter_chunked(1 << 16):
        content += piece
        if len(content) > MOST_BYTES:
            problem = f"the file is larger than {MOST_BYTES >> 20} MiB"
            raise OperatorError(problem, "Leave the lowest level out")
    return bytes(content)
