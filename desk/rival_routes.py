"""Which channel has what a feed needs, for `xacast probe`: the port that it finds taken has a name.

    POST /api/v1/rivals   {"feed": "srt://:9000?…"} -> {"rival": sentence, "channel": name}, or both empty

The address may hold a secret: stream keys are compared, and neither told nor logged.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from desk.lineup import Lineup
from desk.rivals import had, rival_of
from flow.errors import OperatorError
from ingest.kinds import feed_of


class RivalRoutes:
    """The one handler."""

    def __init__(self, lineup: Lineup, read: Callable[[web.Request], Awaitable[Any]]) -> None:
        """`read` a request's JSON; raises OperatorError."""
        self._lineup = lineup
        self._read = read

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.post("/api/v1/rivals", self.find)]

    async def find(self, request: web.Request) -> web.Response:
        """The first channel of this machine that has it."""
        words = await self._read(request)
        address = words.get("feed") if isinstance(words, dict) else None
        if not isinstance(address, str):
            problem = "the question names no feed"
            raise OperatorError(problem, "Send feed, the address of one")
        feed = feed_of(address)
        found = rival_of(feed, self._lineup.here())
        said = {"rival": had(feed, *found), "channel": found[0].id} if found else {"rival": "", "channel": ""}
        return web.json_response(said)
