"""The gate: who comes in at which address, asked before anything is parked, read or cached."""

from collections.abc import Callable

from aiohttp import web

from flow.ids import ChannelId
from origin.gate.stream_tokens import StreamTokens
from origin.paths import Handler
from origin.requests import channel_of, unknown

SITE = web.RequestKey("site", str)
"""Where a request that came in with a token says whose it is, for what is counted by site."""


class Gate:
    """Lets everybody in to channels that are open, and the bearers of stream tokens to the one channel of each.

    `is_open` must say no to a channel that it does not know: what is invited is left unknown to everybody else.
    """

    def __init__(self, *, is_open: Callable[[ChannelId], bool], tokens: StreamTokens) -> None:
        self._is_open = is_open
        self._tokens = tokens

    def is_open(self, channel: ChannelId) -> bool:
        """Whether everybody may watch the channel."""
        return self._is_open(channel)

    def enter(self, request: web.Request) -> None:
        """Return for who may come in; raises ViewerError (404), the same for every reason."""
        channel = channel_of(request)
        token = request.match_info.get("token")
        if token is not None:
            request[SITE] = self._tokens.site(token, channel)
        elif not self._is_open(channel):
            raise unknown()

    def before(self, handler: Handler) -> Handler:
        """The handler for those who may come in."""
        async def entered(request: web.Request) -> web.StreamResponse:
            self.enter(request)
            return await handler(request)

        return entered
