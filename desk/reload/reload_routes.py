"""Settings over the control API.

    POST /api/v1/settings/reload   {"who", "why"} or nothing -> {"changed": [key, …], "waiting": [key, …]}

Read again are `xacast.toml` and the variables that `xacast up` was started with. `waiting` names what holds from
its next start. Settings that are wrong are refused whole.
"""

from collections.abc import Callable

from aiohttp import web

from desk.audit.guard import CHANGED
from desk.errors import RefusedError
from desk.json_request import json_of
from desk.reload.reloading import Reloading
from desk.said import said_in


class ReloadRoutes:
    """The one handler."""

    def __init__(self, reloading: Callable[[], Reloading | None]) -> None:
        self._reloading = reloading

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [web.post("/api/v1/settings/reload", self.reload)]

    async def reload(self, request: web.Request) -> web.Response:
        """Read them again."""
        words = await json_of(request) if request.body_exists else {}
        said_in(words if isinstance(words, dict) else {})
        reloading = self._reloading()
        if reloading is None:
            problem = "this headend does not know where its settings come from"
            raise RefusedError(409, problem, "Start it with `xacast up`")
        plan = await reloading.reload()
        request[CHANGED] = f"settings: {', '.join(plan.changed) or 'nothing'}"
        return web.json_response(plan.to_json())
