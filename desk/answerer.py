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

IDLE = 75.0
"""Seconds that a connection may be kept between two requests; longer than what edges keep theirs."""
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

    __slots__ = ("_entered",)

    def __init__(self, server: web.Server, entered: Callable[[asyncio.BaseTransport], None] | None) -> None:
        """No log of each request; a sender whose body was refused is not listened to any further (T-18). `entered`
        hears of the connection when it is made, and hands are shaken."""
        super().__init__(
            server, loop=asyncio.get_running_loop(), access_log_class=NoLog, keepalive_timeout=IDLE,
            lingering_time=0,
        )
        self._entered = entered

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say so."""
        if self._entered is not None:
            self._entered(transport)
        super().connection_made(transport)

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


def answerer(server: web.Server, entered: Callable[[asyncio.BaseTransport], None] | None = None) -> Answerer:
    """For a new connection."""
    return Answerer(server, entered)
