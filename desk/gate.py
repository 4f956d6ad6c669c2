"""The viewers' door: so many connections at most, and none that only stands there (T-18).

Strangers reach this listener. Without a limit their connections would use up the descriptors that operators'
and workers' connections need.
"""

import asyncio
from functools import partial

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from desk.listener import Listener

FIRST_WORD = 10.0
"""Seconds that a new connection has for its first whole request."""


class Refuser(asyncio.Protocol):
    """Ends a connection that is one too many, before it costs anything."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """At once; a viewer tries again by itself."""
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class Gate:
    """Lets so many connections in at a time, and ends those that ask for nothing. Belongs to the event loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entering = 0  # admitted, and not yet among the server's connections
        self._silent: dict[asyncio.BaseProtocol, asyncio.TimerHandle] = {}

    def admit(self, server: web.Server) -> asyncio.BaseProtocol:
        """The protocol for a new connection."""
        if len(server.connections) + self._entering >= self._most:
            return Refuser()
        loop = asyncio.get_running_loop()
        self._entering += 1
        loop.call_soon(self._entered)
        protocol = server()
        self._silent[protocol] = loop.call_later(FIRST_WORD, self._give_up, protocol)
        return protocol

    def middleware(self) -> Middleware:
        """Notices who asks for something; the outermost of the application."""
        @web.middleware
        async def heard(request: web.Request, handler: Handler) -> web.StreamResponse:
            timer = self._silent.pop(request.protocol, None)
            if timer is not None:
                timer.cancel()
            return await handler(request)

        return heard

    def _entered(self) -> None:
        self._entering -= 1

    def _give_up(self, protocol: web.RequestHandler) -> None:
        self._silent.pop(protocol, None)
        protocol.force_close()


class GatedSite(web.BaseSite):
    """A listening socket behind a gate."""

    def __init__(self, runner: web.AppRunner, listener: Listener, *, gate: Gate, backlog: int) -> None:
        super().__init__(runner, backlog=backlog)
        self._listener = listener
        self._gate = gate

    @property
    def name(self) -> str:
        """Where it listens."""
        return self._listener.url

    async def start(self) -> None:
        """Open the socket; raises OSError when the port is in use."""
        await super().start()
        server = self._runner.server
        if server is not None:
            self._server = await asyncio.get_running_loop().create_server(
                partial(self._gate.admit, server), self._listener.host, self._listener.port, backlog=self._backlog,
            )
