"""The register over the control API.

    GET   /api/v1/regions?below=&search=      {"levels": […], "regions": […], "count": n}
    GET   /api/v1/regions/<code or name>      one region, its path and how many sites it has
    POST  /api/v1/regions/load                {"division": "official" or "former"} -> what changed
    GET   /api/v1/sites?region=&kind=&label=&search=&retired=&after=&limit=
                                              {"sites": […], "count": n, "next": id or null}
    POST  /api/v1/sites                       the words of `desk/register/site_words.py` -> 201, site
    GET   /api/v1/sites/<id>                  site
    PATCH /api/v1/sites/<id>                  some of those words -> site
    POST  /api/v1/sites/<id>/retire           {"undo": false} -> site
    POST  /api/v1/sites/<id>/merge            {"sites": [id, …]}, which this one takes the place of -> site

What changes something takes "who" and "why" too. All is done in threads; without the database it is refused.
"""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import web

from desk.database.door import DatabaseDoor
from desk.json_pieces import json_pieces
from desk.json_request import json_of
from desk.people.person import person_of
from desk.register.official import Division
from desk.said import Said, said_in
from flow.clock import Clock
from flow.errors import OperatorError
from flow.nearest import remedy_for

_log = logging.getLogger(__name__)
_NS = 1_000_000_000


class RegisterRoutes:
    """The handlers. What needs the database's library is imported when it is first asked for."""

    def __init__(
        self, door: DatabaseDoor, clock: Clock, told: Callable[[], Awaitable[None]],
    ) -> None:
        """`told` is waited for when the register has changed: an answer means that it holds."""
        self._door = door
        self._clock = clock
        self._told = told

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [
            web.get("/api/v1/regions", self.regions),
            web.post("/api/v1/regions/load", self.load),
            web.get("/api/v1/regions/{region}", self.region),
            web.get("/api/v1/sites", self.index),
            web.post("/api/v1/sites", self.add),
            web.get("/api/v1/sites/{site}", self.show),
            web.patch("/api/v1/sites/{site}", self.change),
            web.post("/api/v1/sites/{site}/retire", self.retire),
            web.post("/api/v1/sites/{site}/merge", self.merge),
        ]

    async def regions(self, request: web.Request) -> web.Response:
        """Regions below one, or found."""
        from desk.register.region_views import regions_listed  # noqa: PLC0415

        words = dict(request.query)
        return web.json_response(await self._door.ask(lambda database: regions_listed(database, words)))

    async def region(self, request: web.Request) -> web.Response:
        """One region."""
        from desk.register.region_views import region_told  # noqa: PLC0415

        name = request.match_info["region"]
        return web.json_response(await self._door.ask(lambda database: region_told(database, name)))

    async def load(self, request: web.Request) -> web.Response:
        """Put the official units in."""
        from desk.register.division_load import load_division  # noqa: PLC0415

        words, said = await _words(request)
        wish = words.get("division")
        if wish not in [one.value for one in Division]:
            problem = f"there are no units “{str(wish)[:40]}”"
            raise OperatorError(problem, remedy_for(str(wish), [one.value for one in Division]))
        change = await self._door.ask(partial(load_division, division=Division(wish)))
        await self._note(said, f"loaded the {wish} units")
        return web.json_response(change)

    async def index(self, request: web.Request) -> web.Response:
        """Sites that are asked for."""
        from desk.register.site_changes import listed  # noqa: PLC0415

        words, within = dict(request.query), person_of(request).region
        text = await self._door.ask(lambda database: json_pieces(listed(database, words, within)))
        return web.Response(text=text, content_type="application/json")

    async def show(self, request: web.Request) -> web.Response:
        """One site."""
        from desk.register.site_changes import told  # noqa: PLC0415

        name = request.match_info["site"]
        return web.json_response(await self._door.ask(lambda database: told(database, name)))

    async def add(self, request: web.Request) -> web.Response:
        """A new site."""
        from desk.register.site_changes import added  # noqa: PLC0415

        words, said = await _words(request)
        site = await self._door.ask(lambda database: added(database, words, self._now_s()))
        await self._note(said, f"added site {site['id']}")
        return web.json_response(site, status=201)

    async def change(self, request: web.Request) -> web.Response:
        """Other words of a site."""
        from desk.register.site_changes import changed  # noqa: PLC0415

        words, said = await _words(request)
        name = request.match_info["site"]
        site = await self._door.ask(lambda database: changed(database, name, words, self._now_s()))
        await self._note(said, f"changed site {site['id']}")
        return web.json_response(site)

    async def retire(self, request: web.Request) -> web.Response:
        """A site watches no more, or again."""
        from desk.register.site_changes import retired  # noqa: PLC0415

        words, said = await _words(request)
        name, back = request.match_info["site"], words.get("undo", False)
        if not isinstance(back, bool):
            problem = "“undo” is neither true nor false"
            raise OperatorError(problem, "Send true to take a site back, else leave it out")
        site = await self._door.ask(lambda database: retired(database, name, self._now_s(), back=back))
        await self._note(said, f"{'took back' if back else 'retired'} site {site['id']}")
        return web.json_response(site)

    async def merge(self, request: web.Request) -> web.Response:
        """A site takes the place of others."""
        from desk.register.site_changes import merged  # noqa: PLC0415

        words, said = await _words(request)
        names, into = words.get("sites"), request.match_info["site"]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            problem = "what site takes the place of which is missing"
            raise OperatorError(problem, 'Send {"sites": [id, …]}')
        site = await self._door.ask(lambda database: merged(database, names, into, self._now_s()))
        await self._note(said, f"merged {', '.join(names)} into {into}")
        return web.json_response(site)

    async def _note(self, said: Said, deed: str) -> None:
        await self._told()
        _log.info("%s %s%s", said.who or "somebody", deed, f": {said.why}" if said.why else "")

    def _now_s(self) -> int:
        return self._clock.wall_ns() // _NS


async def _words(request: web.Request) -> tuple[dict[str, Any], Said]:
    """What was sent, without who and why, and those; raises OperatorError."""
    words = await json_of(request)
    if not isinstance(words, dict):
        problem = "what was sent is no JSON object"
        raise OperatorError(problem, "Send one JSON object")
    said = said_in(words)
    return {key: value for key, value in words.items() if key not in {"who", "why"}}, said
