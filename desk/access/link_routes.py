"""Links of sites, for operators and their programs.

    GET    /api/v1/links          {"sites": count,
                                   "links": [{"site": id, "link": bool, "void_until": time, "devices": n}, …]}
    POST   /api/v1/links          {"sites": [id, …], "who", "why"} -> 201, {"links": {id: address}}: told this once
    POST   /api/v1/links/revoke   {"sites": [id, …], "who", "why"} -> {"revoked": [id, …]}
    POST   /api/v1/links/limit    {"sites": [id, …], "devices": 1 to 1000 or null, …} -> {"limited": [id, …]}
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web

from desk.access.door_settings import MOST_DEVICES
from desk.access.guest_list import GuestList
from desk.access.links import Links
from desk.json_pieces import json_pieces
from desk.json_request import json_of
from desk.people.person import person_of
from desk.said import Said, said_in
from flow.errors import OperatorError
from flow.event import EventKind
from flow.stream_token import is_site
from flow.timebase import units_of_ns, utc_text

_log = logging.getLogger(__name__)
MOST = 2_000
"""Sites in one request."""


class LinkRoutes:
    """The handlers."""

    def __init__(
        self, links: Links, guests: GuestList, viewers: Callable[[], str],
        tell: Callable[[EventKind, int, Said], None] = lambda _kind, _count, _said: None,
    ) -> None:
        """`viewers` is where viewers reach this machine; `tell` takes what was done, to how many sites."""
        self._tell = tell
        self._links = links
        self._guests = guests
        self._viewers = viewers

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [
            web.get("/api/v1/links", self.index), web.post("/api/v1/links", self.give),
            web.post("/api/v1/links/revoke", self.revoke), web.post("/api/v1/links/limit", self.limit),
        ]

    async def index(self, request: web.Request) -> web.Response:
        """Who has a link, and who was shut out. Of a link itself only its digest is known."""
        region = person_of(request).region
        within = await self._links.sites_of(region) if region else None
        guests = self._guests.guests()
        count = self._links.sites if within is None else len(within)

        def text() -> str:
            return json_pieces({"sites": count, "links": [
                {
                    "site": site, "link": guest.digest is not None, "devices": self._guests.devices(site),
                    "void_until": _time(guest.void_until) if guest.void_until is not None else None,
                }
                for site, guest in sorted(guests.items()) if within is None or site in within
            ]})

        return web.Response(text=await asyncio.to_thread(text), content_type="application/json")

    async def give(self, request: web.Request) -> web.Response:
        """New links; those that the sites had are void."""
        sites, said = await _words(request)
        tokens = await self._links.give(sites)
        self._tell(EventKind.LINKS_GIVEN, len(sites), said)
        _log.info("links of %s made anew by %s: %s", _listed(sites), said.who or "an operator", said.why or "-")
        base = self._viewers()
        addresses = {site: f"{base}/t/{token}/" for site, token in tokens.items()}
        return web.json_response({"links": addresses}, status=201, headers={"Cache-Control": "no-store"})

    async def revoke(self, request: web.Request) -> web.Response:
        """Shut sites out."""
        sites, said = await _words(request)
        await self._links.revoke(sites)
        self._tell(EventKind.LINKS_REVOKED, len(sites), said)
        _log.info("%s shut out by %s: %s", _listed(sites), said.who or "an operator", said.why or "-")
        return web.json_response({"revoked": sites})

    async def limit(self, request: web.Request) -> web.Response:
        """Let so many devices of sites watch at once."""
        from desk.access.link_book import limit  # noqa: PLC0415 - brings SQLAlchemy along

        words = await json_of(request)
        sites, said = sites_in(words)
        devices = words.get("devices", 0)
        if devices is not None and not (type(devices) is int and 0 < devices <= MOST_DEVICES):
            problem = "“devices” is no number of devices"
            raise OperatorError(problem, f"Send 1 to {MOST_DEVICES}, or null for as many as any site has")
        await self._links.change(lambda database, now_ns: limit(database, sites, devices, now_ns=now_ns))
        _log.info("%s may watch on %s devices, says %s: %s", _listed(sites), devices or "as many as any",
                  said.who or "an operator", said.why or "-")
        return web.json_response({"limited": sites})


def _time(seconds: int) -> str:
    return utc_text(units_of_ns(seconds * 1_000_000_000))


def _listed(sites: list[str]) -> str:
    return ", ".join(sites) if len(sites) <= 5 else f"{len(sites)} sites"


async def _words(request: web.Request) -> tuple[list[str], Said]:
    return sites_in(await json_of(request))


def sites_in(words: Any) -> tuple[list[str], Said]:  # noqa: ANN401 - what a stranger sends is anything
    """The sites that a request names, and who says so and why; raises OperatorError."""
    sites = words.get("sites") if isinstance(words, dict) else None
    if not isinstance(sites, list) or not 0 < len(sites) <= MOST or not all(is_site(site) for site in sites):
        problem = "“sites” is not a list of sites"
        raise OperatorError(problem, f"Send one JSON object with the ids of 1 to {MOST} sites in “sites”")
    return list(dict.fromkeys(sites)), said_in(words)
