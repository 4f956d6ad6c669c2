"""Who is ready, over the control API.

    GET /api/v1/programmes/<id>/readiness?region=&state=&after=&limit=
        {"invited": n, "ready": n, "not_ready": n, "silent": n, "sites": […], "next": id or null}

Counts are of the region that is asked for; `state`, `after` and `limit` choose which of its sites are listed. An
account of a region has the counts and the sites of its own.
"""

from datetime import tzinfo

from aiohttp import web

from desk.database.door import DatabaseDoor
from desk.json_pieces import json_pieces
from desk.people.person import person_of
from desk.readiness.self_tests import SelfTests
from flow.clock import Clock

_NS = 1_000_000_000


class ReadinessRoutes:
    """The handler."""

    def __init__(self, door: DatabaseDoor, tests: SelfTests, clock: Clock, zone: tzinfo) -> None:
        self._door = door
        self._tests = tests
        self._clock = clock
        self._zone = zone

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.get("/api/v1/programmes/{programme}/readiness", self.index)]

    async def index(self, request: web.Request) -> web.Response:
        """The sites of one programme."""
        from desk.readiness.readiness_view import asked_in, readied  # noqa: PLC0415 - brings SQLAlchemy along

        name, asked, now_s = request.match_info["programme"], asked_in(request.query), self._clock.wall_ns() // _NS
        waiting, within = self._tests.waiting(), person_of(request).region
        text = await self._door.ask(
            lambda database: json_pieces(readied(database, name, asked, waiting, self._zone, now_s, within)),
        )
        return web.Response(text=text, content_type="application/json")
