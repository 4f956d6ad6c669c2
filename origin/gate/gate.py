"""The gate: who comes in at which address, asked before anything is parked, read or cached."""

import time
from collections.abc import Callable

from aiohttp import web

from flow.errors import ViewerError
from flow.guests import Guests, Told, Turned
from flow.ids import ChannelId
from origin.gate.clients import client_of
from origin.gate.devices import Devices
from origin.gate.passes import Key, Pass, Passes
from origin.gate.stream_tokens import StreamTokens
from origin.paths import Handler
from origin.requests import channel_of, unknown

SITE = web.RequestKey("site", str)
"""Where a request that came in with a token says whose it is, for what is counted by site."""
SINCE = web.RequestKey("since", int)
"""From when on it may have the channel's media (Unix seconds); without a token it has none of this."""


class Gate:
    """Lets everybody in to channels that are open, and the bearers of stream tokens to the one channel of each.

    `is_open` must say no to a channel that it does not know: what is invited is left unknown to everybody else.
    """

    def __init__(
        self, *, is_open: Callable[[ChannelId], bool], tokens: StreamTokens, guests: Guests,
        told: Told = lambda _why, _site, _channel, _address: None,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        """`guests` are asked with each request; `told` hears who was turned away with a good token."""
        self._is_open = is_open
        self._tokens = tokens
        self._guests = guests
        self._told = told
        self._devices = Devices()
        self._passes = Passes()
        self._monotonic_ns = monotonic_ns

    def is_open(self, channel: ChannelId) -> bool:
        """Whether everybody may watch the channel."""
        return self._is_open(channel)

    def enter(self, request: web.Request) -> None:
        """Return for who may come in.

        Raises ViewerError (404), the same for every reason but one: a device more than its site may have hears
        that (403), and may come again.
        """
        words = request.match_info
        if "token" in words:
            key = words["token"], words["channel"], client_of(request)
            mark = self._guests.mark, self._tokens.mark
            passed = self._passes.of(key, mark, self._monotonic_ns()) or self._judged(request, key)
            request[SITE] = passed.site
            request[SINCE] = passed.since
        elif not self._is_open(channel_of(request)):
            raise unknown()

    def _judged(self, request: web.Request, key: Key) -> Pass:
        channel = channel_of(request)
        bearer = self._tokens.bearer(request.match_info["token"], channel)
        if not self._guests.stays(bearer.site, channel) or not self.admits(request, bearer.site, channel):
            raise unknown()
        self.seat(request, bearer.site, channel, bearer.device)
        made = Pass(bearer.site, bearer.since)
        self._passes.keep(key, made)
        return made

    def admits(self, request: web.Request, site: str, channel: str) -> bool:
        """Whether who asks is where the site may be; if not, the operator hears of it."""
        address = client_of(request)
        admitted = self._guests.admits(site, address)
        if not admitted:
            self._told(Turned.ELSEWHERE, site, channel, address)
        return admitted

    def seat(self, request: web.Request, site: str, channel: ChannelId, device: str) -> None:
        """Give a device its place among those of its site, or raise ViewerError (403) when all are taken."""
        address = client_of(request)
        if not self._devices.enters(site, device, self._guests.devices(site), self._monotonic_ns(), address):
            self._told(Turned.CROWDED, site, channel, address)
            raise ViewerError(403, "all places of the site are taken")

    def watching(self) -> list[tuple[str, str | None]]:
        """The sites that watch just now, with the address of each of their devices."""
        return self._devices.watching(self._monotonic_ns())

    def before(self, handler: Handler) -> Handler:
        """The handler for those who may come in."""
        async def entered(request: web.Request) -> web.StreamResponse:
            self.enter(request)
            return await handler(request)

        return entered
