"""The viewers' door: so many connections at most, and none that only stands there (T-18).

Strangers reach this listener. Without a limit their connections would use up the descriptors that operators'
and workers' connections need.
"""

import asyncio
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from desk.answerer import answerer
from desk.caller import Caller, Callers, Patience

_SHARE = 4
"""One address may have this part of the places, rounded up; whoever has only one takes nobody's place."""


HANDSHAKE = 5.0
"""Seconds that a TLS handshake may take; for so long it has its place."""


class Refuser(asyncio.Protocol):
    """Ends a connection that is one too many, before it costs anything."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """At once; a viewer tries again by itself."""
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class Gate:
    """Lets so many connections in at a time, and ends those that ask for nothing. Belongs to the event loop."""

    def __init__(self, most: int, patience: Patience | None = None) -> None:
        self._most = most
        self._patience = patience or Patience()
        self._callers = Callers(self._patience, peer_limit=self.share)
        self._looking: asyncio.TimerHandle | None = None

    @property
    def share(self) -> int:
        """Connections that one address may have."""
        return -(-self._most // _SHARE)

    def admit(
        self, server: web.Server, entered: Callable[[asyncio.BaseTransport], None] | None = None,
    ) -> asyncio.BaseProtocol:
        """The protocol for a new connection; `entered` hears when it is made."""
        entering = self._callers.entering
        if len(server.connections) + len(entering) >= self._most:
            return Refuser()
        loop = asyncio.get_running_loop()
        if self._looking is None:
            self._looking = loop.call_later(self._patience.look_s, self._look, server)
        caller = Caller(answerer(server, entered), self._callers, loop.time)
        entering.add(caller)
        loop.call_later(HANDSHAKE, entering.discard, caller)  # nobody says when a handshake has failed
        return caller

    def middleware(self) -> Middleware:
        """Notices who asks for something; the outermost of the application."""
        @web.middleware
        async def heard(request: web.Request, handler: Handler) -> web.StreamResponse:
            caller = self._callers.of.get(request.protocol)
            if caller is not None:  # else it has gone in between
                caller.heard()
            return await handler(request)

        return heard

    def _look(self, server: web.Server) -> None:
        loop = asyncio.get_running_loop()
        self._callers.look(loop.time())
        again = server.connections or self._callers.entering
        self._looking = loop.call_later(self._patience.look_s, self._look, server) if again else None
