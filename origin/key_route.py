"""The keys of encrypted channels, for who may watch them (T-16)."""

import re

from aiohttp import hdrs, web

from flow.errors import ViewerError
from flow.keyring import Keys
from origin.caching import CORS
from origin.requests import channel_of
from origin.viewers import Viewers

_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_NEVER = {**CORS, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
"""No cache may have a key, nor remember that there was none."""


class KeyRoute:
    """Handler of the keys of every channel."""

    def __init__(self, keys: Keys, viewers: Viewers) -> None:
        self._keys = keys
        self._viewers = viewers

    async def key(self, request: web.Request) -> web.Response:
        """`/keys/<channel>/<number>`: 16 bytes, or the same 404 for all that is not there or not yet shown."""
        found = self._found(request)
        if found is None:
            return web.Response(status=404, headers=_NEVER)
        self._viewers.answered(0 if request.method == hdrs.METH_HEAD else len(found))
        return web.Response(body=found, headers={**_NEVER, "Content-Type": "application/octet-stream"})

    def _found(self, request: web.Request) -> bytes | None:
        try:
            channel = channel_of(request)
        except ViewerError:
            return None
        number = request.match_info["number"]
        if not _NUMBER.fullmatch(number):
            return None
        # The gate's place: who may not watch this channel leaves here with None, before any key is looked up.
        return self._keys.shown(channel, int(number))
