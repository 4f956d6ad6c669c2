"""Where the sites of a region may watch from, for operators.

    GET    /api/v1/regions/<code or name>/networks   {"region", "networks": its own list, "holding": what holds}
    PUT    /api/v1/regions/<code or name>/networks   {"networks": [CIDR, …], …} -> the same; none: anywhere
"""

import logging
from collections.abc import Sequence

from aiohttp import web

from desk.access.links import Links
from desk.database.door import DatabaseDoor
from desk.json_request import json_of
from desk.said import said_in
from flow.errors import OperatorError

_log = logging.getLogger(__name__)


class NetworkRoutes:
    """The handlers."""

    def __init__(self, links: Links, database: DatabaseDoor) -> None:
        self._links = links
        self._database = database

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Below the operators' listener."""
        path = "/api/v1/regions/{region}/networks"
        return [web.get(path, self.show), web.put(path, self.put)]

    async def show(self, request: web.Request) -> web.Response:
        """A region's list."""
        from desk.access.network_book import told  # noqa: PLC0415 - brings SQLAlchemy along

        name = request.match_info["region"]
        return web.json_response(await self._database.ask(lambda database: told(database, name)))

    async def put(self, request: web.Request) -> web.Response:
        """Another list."""
        from desk.access.network_book import networks_from, put  # noqa: PLC0415

        words = await json_of(request)
        if not isinstance(words, dict):
            problem = "what was sent is no object"
            raise OperatorError(problem, "Send {“networks”: […]}")
        networks, said, name = networks_from(words.get("networks")), said_in(words), request.match_info["region"]
        shown = await self._links.change(lambda database, now_ns: put(database, name, networks, now_ns))
        _log.info("%s may watch from %s, says %s: %s", shown["region"], " ".join(networks) or "anywhere",
                  said.who or "an operator", said.why or "-")
        return web.json_response(shown)
