"""A listening socket: where one of the applications is reached, behind a gate or without one."""

import asyncio
import ssl
from functools import partial

from aiohttp import web

from desk.answerer import answerer
from desk.gate import HANDSHAKE, Gate
from desk.listener import Listener

CROWD = 1024
"""Connections that may knock at once: when a headend comes back, every edge does (T-19)."""
FAREWELL = 1.0
"""Seconds that the other side has to end TLS in good order."""


class Doorway(web.BaseSite):
    """Belongs to a runner, and ends with it."""

    def __init__(
        self, runner: web.AppRunner, listener: Listener, *, gate: Gate | None = None, backlog: int = CROWD,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(runner, backlog=backlog, ssl_context=tls)
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
                partial(self._gate.admit if self._gate else answerer, server),
                self._listener.host, self._listener.port, backlog=self._backlog, ssl=self._ssl_context,
                ssl_handshake_timeout=HANDSHAKE if self._ssl_context else None,
                ssl_shutdown_timeout=FAREWELL if self._ssl_context else None,
            )
