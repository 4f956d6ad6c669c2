"""The certificates of a running headend: new ones are taken as they come, and ours are renewed in time (T-23)."""

import asyncio
import logging
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from desk.tls.choice import NEW, TlsFiles
from desk.tls.contexts import listening, load
from desk.tls.folder import TlsFolder
from flow.errors import XacastError

LOOK = 2.0
"""Seconds between looks at the files."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Live:
    """A listener's TLS, and what its files were when they were taken."""

    files: TlsFiles
    context: ssl.SSLContext
    stamp: tuple[object, ...]


class Certificates:
    """Of a headend's listeners; `context` belongs to the event loop, `look` to one thread at a time."""

    def __init__(
        self, data: Path, files: Mapping[str, TlsFiles | None], *, oldest: str = NEW,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`files` by listener; `oldest` TLS that viewers may speak. Raises OperatorError for what cannot be used.
        """
        self._folder = TlsFolder(data)
        self._now = now
        self._live: dict[str, _Live] = {}
        for name, one in files.items():
            if one is not None:
                least = oldest if name == "viewers" else NEW
                context = listening(one, oldest=least, asks=name == "machines")
                self._live[name] = _Live(one, context, one.stamp())

    def context(self, listener: str) -> ssl.SSLContext | None:
        """What a listener speaks; None for no TLS."""
        live = self._live.get(listener)
        return live.context if live else None

    def asks(self, listener: str) -> bool:
        """Whether it takes the certificates of those who come."""
        context = self.context(listener)
        return context is not None and context.verify_mode is not ssl.CERT_NONE

    def look(self) -> None:
        """Renew what is ours and nearly over, and take what is new; never raises what an operator can mend."""
        try:
            if any(live.files.certificate.parent == self._folder.path for live in self._live.values()):
                now = int(self._now())
                if self._folder.due(now):
                    self._folder.renew(now=now)
                    _log.info("the certificates are renewed")
        except XacastError as error:
            _log.error("the certificates are not renewed: %s", error)
        for name, live in self._live.items():
            self._take(name, live)

    def _take(self, name: str, live: _Live) -> None:
        try:
            stamp = live.files.stamp()
            if stamp == live.stamp:
                return
            live.stamp = stamp  # told of once, not at each look
            load(live.context, live.files)
        except (OSError, XacastError) as error:
            if live.stamp:
                _log.error("the %s' listener goes on with the certificate that it has: %s", name, error)
            live.stamp = () if isinstance(error, OSError) else live.stamp
        else:
            _log.info("the %s' listener has a new certificate", name)

    async def watch(self, _app: web.Application) -> AsyncIterator[None]:
        """For `cleanup_ctx`: look now and then for as long as the application runs."""
        looking = asyncio.create_task(self._keep()) if self._live else None
        yield
        if looking is not None:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    async def _keep(self) -> None:
        while True:
            await asyncio.to_thread(self.look)
            await asyncio.sleep(LOOK)
