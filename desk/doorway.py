"""A listening socket: where one of the applications is reached, behind a gate or without one."""

import asyncio
import ssl
from collections.abc import Callable
from functools import partial

from aiohttp import web

from desk.answerer import QUESTION, answerer
from desk.descriptors import RESERVE
from desk.gate import HANDSHAKE, Gate
from desk.listener import Listener
from desk.porch import Porch, porches

CROWD = 1024
"""Connections that may knock at once: when a headend comes back, every edge does (T-19)."""
SHAKING = RESERVE // 2
"""Handshakes that one address may have under way where no gate is: more is left of what is kept back."""
FAREWELL = 1.0
"""Seconds that the other side has to end TLS in good order."""


class Doorway(web.BaseSite):
    """Belongs to a runner, and ends with it."""

    def __init__(
        self, runner: web.AppRunner, listener: Listener, *, gate: Gate | None = None, backlog: int = CROWD,
        tls: ssl.SSLContext | None = None, patience: float = QUESTION,
    ) -> None:
        """Where no gate is, a request's head is whole within `patience` seconds."""
        super().__init__(runner, backlog=backlog, ssl_context=tls)
        self._listener = listener
        self._gate = gate
        self._patience = patience
        self._others: list[asyncio.Server] = []

    @property
    def name(self) -> str:
        """Where it listens."""
        return self._listener.url

    async def start(self) -> None:
        """Open the socket; raises OSError when the port is in use."""
        await super().start()
        server = self._runner.server
        if server is None:
            return
        known = partial(answerer, server, patience=self._patience)
        make = partial(self._gate.admit, server) if self._gate else known
        if self._ssl_context is None:
            self._server = await asyncio.get_running_loop().create_server(
                make, self._listener.host, self._listener.port, backlog=self._backlog,
            )
            return
        most = self._gate.share if self._gate else SHAKING
        found = await porches(self._listener.host, self._listener.port, most)
        self._server, *self._others = [await self._behind(porch, make) for porch in found]

    async def stop(self) -> None:
        """Let nobody in any more."""
        for other in self._others:
            other.close()
        await super().stop()

    async def _behind(self, porch: Porch, make: Callable[..., asyncio.BaseProtocol]) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(
            partial(make, porch.entered), sock=porch, backlog=self._backlog, ssl=self._ssl_context,
            ssl_handshake_timeout=HANDSHAKE, ssl_shutdown_timeout=FAREWELL,
        )
