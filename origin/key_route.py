"""The keys of encrypted channels, for who may watch them (T-16)."""

import re
import time
from collections.abc import Callable

from aiohttp import hdrs, web

from flow.errors import ViewerError
from flow.keyring import Keys
from origin.caching import CORS
from origin.gate.gate import SINCE, SITE, Gate
from origin.gate.pace import Pace
from origin.requests import channel_of, unknown
from origin.viewers import Viewers

_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_NEVER = {**CORS, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
"""No cache may have a key, nor remember that there was none."""
BURST = 256
A_SECOND = 8
"""Keys that one site may ask for, at once and lastingly: a hall full of players whose key changes each 10 s."""


class KeyRoute:
    """Handler of the keys of every channel."""

    def __init__(
        self, keys: Keys, viewers: Viewers, gate: Gate | None = None, *,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._keys = keys
        self._viewers = viewers
        self._gate = gate
        self._monotonic_ns = monotonic_ns
        self._pace = Pace(burst=BURST, a_second=A_SECOND)

    async def key(self, request: web.Request) -> web.Response:
        """`/keys/<channel>/<number>`: 16 bytes, or the same 404 for all that is not there, not yet shown, or of
        before what the token was given for."""
        try:
            found = self._found(request)
        except ViewerError as error:
            again = {"Retry-After": "1"} if error.status == 503 else {}
            return web.Response(status=error.status, headers={**_NEVER, **again})
        self._viewers.answered(0 if request.method == hdrs.METH_HEAD else len(found))
        return web.Response(body=found, headers={**_NEVER, "Content-Type": "application/octet-stream"})

    def _found(self, request: web.Request) -> bytes:
        """Raises ViewerError; who may not watch the channel leaves before any key is looked up."""
        channel = channel_of(request)
        if self._gate is not None:
            self._gate.enter(request)
        number = request.match_info["number"]
        if not _NUMBER.fullmatch(number):
            raise unknown()
        site = request.get(SITE)
        if site is not None and not self._pace.allows(site, self._monotonic_ns()):
            raise ViewerError(503, "too many keys are asked for")
        key = self._keys.shown(channel, int(number), request.get(SINCE, 0))
        if key is None:
            raise unknown()
        return key
