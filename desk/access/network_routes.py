"""Where the sites of a region may watch from, for operators.

    GET    /api/v1/regions/<code or name>/networks   {"region", "networks": its own list, "holding": what holds}
    PUT    /api/v1/regions/<code or name>/networks   {"networks": [CIDR, …], "dry": false, …}
                                                     -> the same, {"watching", "shut_out", "shut_out_sites"};
                                                     none: anywhere

With “dry” nothing is changed: it is said how many sites watch now at this headend for which the list would hold,
and how many of them come from elsewhere.
"""

import logging
from collections.abc import Callable, Sequence
from ipaddress import ip_network

from aiohttp import web

from desk.access.links import Links
from desk.database.door import DatabaseDoor
from desk.json_request import json_of
from desk.said import said_in
from flow.errors import OperatorError
from origin.gate.clients import address_of, within

_log = logging.getLogger(__name__)
NAMED = 20
"""Sites that are named of those that would be shut out."""


Watching = Callable[[], Sequence[tuple[str, str | None]]]
"""The sites that watch just now at this headend, with the address of each of their devices."""


class NetworkRoutes:
    """The handlers."""

    def __init__(self, links: Links, database: DatabaseDoor, watching: Watching = tuple) -> None:
        self._links = links
        self._database = database
        self._watching = watching

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
        """Another list, or, of a dry run, whom it would shut out."""
        from desk.access.network_book import networks_from, put, told  # noqa: PLC0415

        words = await json_of(request)
        if not isinstance(words, dict) or not isinstance(words.get("dry", False), bool):
            problem = "what was sent is no object, or “dry” of it is neither true nor false"
            raise OperatorError(problem, "Send {“networks”: […]}")
        networks, said, name = networks_from(words.get("networks")), said_in(words), request.match_info["region"]
        out = await self._out(name, networks)
        if words.get("dry"):
            return web.json_response(await self._database.ask(lambda database: told(database, name)) | out)
        shown = await self._links.change(lambda database, now_ns: put(database, name, networks, now_ns))
        _log.info("%s may watch from %s, says %s: %s", shown["region"], " ".join(networks) or "anywhere",
                  said.who or "an operator", said.why or "-")
        return web.json_response(shown | out)

    async def _out(self, name: str, networks: Sequence[str]) -> dict[str, object]:
        """Who of those that watch just now is not in these networks."""
        from desk.access.network_book import affected  # noqa: PLC0415

        sites = await self._database.ask(lambda database: affected(database, name))
        found = [(site, address) for site, address in self._watching() if site in sites]
        allowed = [ip_network(word) for word in networks]
        out = sorted({site for site, address in found if allowed and not within(address_of(address), allowed)})
        return {"watching": len({site for site, _ in found}), "shut_out": len(out), "shut_out_sites": out[:NAMED]}
