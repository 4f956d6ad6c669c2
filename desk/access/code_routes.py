"""Codes by which sites' browsers come in, for operators.

    POST   /api/v1/links/code     {"sites": [id, …], "who", "why"} -> 201,
                                  {"codes": {id: {"code", "address"}}, "until": time}: told this once
"""

import logging
from collections.abc import Callable, Sequence

from aiohttp import web

from desk.access.codes import Codes
from desk.access.link_routes import sites_in
from desk.json_request import json_of
from flow.errors import OperatorError
from flow.site_code import shown
from flow.timebase import units_of_ns, utc_text

_log = logging.getLogger(__name__)
MOST = 100
"""Codes that are made at a time: each takes some hundredths of a second."""


class CodeRoutes:
    """The handler."""

    def __init__(self, codes: Codes, viewers: Callable[[], str]) -> None:
        """`viewers` is where viewers reach this machine."""
        self._codes = codes
        self._viewers = viewers

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.post("/api/v1/links/code", self.give)]

    async def give(self, request: web.Request) -> web.Response:
        """A code for the next browser of each site."""
        sites, said = sites_in(await json_of(request))
        if len(sites) > MOST:
            problem = f"{len(sites)} codes are too many at a time"
            raise OperatorError(problem, f"Send at most {MOST} sites")
        codes, until = await self._codes.give(sites)
        _log.info("codes for %d sites made by %s: %s", len(sites), said.who or "an operator", said.why or "-")
        base = self._viewers()
        told = {site: {"code": shown(code), "address": f"{base}/c/{code}"} for site, code in codes.items()}
        words = {"codes": told, "until": utc_text(units_of_ns(until * 1_000_000_000))}
        return web.json_response(words, status=201, headers={"Cache-Control": "no-store"})
