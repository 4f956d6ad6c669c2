"""aiohttp's side of one connection, which says nothing of what it could not read.

By itself it writes what was not HTTP into the log, a token in an address too (T-15), and answers with a piece of
it, its own name and two versions (T-26).
"""

import asyncio
import logging
from collections.abc import Callable

from aiohttp import hdrs, web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

IDLE = 75.0
"""Seconds that a connection may be kept between two requests; longer than what edges keep theirs."""
QUESTION = 10.0
"""Seconds that the head of a request may take, where no gate is (T-18)."""
_log = logging.getLogger(__name__)


class NoLog(AbstractAccessLogger):
    """Requests are counted, not written down."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Nothing."""

    @property
    def enabled(self) -> bool:
        """Never."""
        return False


class Answerer(web.RequestHandler):
    """A connection of a listener of ours."""

    __slots__ = ("_awaited", "_entered", "_patience")

    def __init__(
        self, server: web.Server, entered: Callable[[asyncio.BaseTransport], None] | None,
        patience: float | None = None,
    ) -> None:
        """No log of each request; a sender whose body was refused is not listened to any further (T-18). `entered`
        hears of the connection when it is made, and hands are shaken. A question is whole within `patience`
        seconds, unless somebody else sees to that (`desk/caller.py`)."""
        super().__init__(
            server, loop=asyncio.get_running_loop(), access_log_class=NoLog, keepalive_timeout=IDLE,
            lingering_time=0,
        )
        self._entered = entered
        self._patience = patience
        self._awaited: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say so, and await a question."""
        if self._entered is not None:
            self._entered(transport)
        super().connection_made(transport)
        self._await()

    def data_received(self, data: bytes) -> None:
        """A piece of a question, or of what belongs to one that is being answered."""
        if self._current_request is None:
            self._await()
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Nothing is awaited any more."""
        self.heard()
        super().connection_lost(exc)

    def heard(self) -> None:
        """A question is whole."""
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None

    def _await(self) -> None:
        if self._patience is not None and self._awaited is None:
            self._awaited = asyncio.get_running_loop().call_later(self._patience, self._give_up)

    def _give_up(self) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - it repeats what was sent
    ) -> web.StreamResponse:
        """A bare status; the connection ends after it."""
        if isinstance(exc, HttpProcessingError):
            _log.debug("what %s sent is no HTTP: %s", request.remote, type(exc).__name__)
        else:
            _log.error("an answer to %s failed", request.remote, exc_info=exc)
        if request.writer.output_size:
            broken = "a part of the answer was sent already"
            raise ConnectionError(broken)
        answer = web.Response(status=status, headers={
            hdrs.SERVER: "xacast", hdrs.CACHE_CONTROL: "no-store", "X-Content-Type-Options": "nosniff",
        })
        answer.force_close()
        return answer


def answerer(
    server: web.Server, entered: Callable[[asyncio.BaseTransport], None] | None = None,
    patience: float | None = None,
) -> Answerer:
    """For a new connection."""
    return Answerer(server, entered, patience)


@web.middleware
async def heard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Notices that a question is whole; before all others."""
    if isinstance(request.protocol, Answerer):
        request.protocol.heard()
    return await handler(request)
