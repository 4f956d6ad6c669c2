"""Who signed in, in the audit. Tries that were wrong are told in few entries: a million of them fill no disk."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable

from desk.audit.book import AuditBook
from desk.errors import RefusedError
from desk.people.tries import HOUR_S
from flow.errors import ToolError

WHAT = "POST /api/v1/session"
WRONG = 20
"""Entries an hour about tries that were wrong."""
_MOST_NAMES = 1_000
_log = logging.getLogger(__name__)


class SignIns:
    """Belongs to the event loop."""

    def __init__(self, book: AuditBook, now_ns: Callable[[], int]) -> None:
        """`now_ns` is the wall clock."""
        self._book = book
        self._now_ns = now_ns
        self._told: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._times: list[int] = []

    async def came(self, name: str, address: str) -> None:
        """Somebody is signed in; raises RefusedError (503) when that cannot be kept."""
        try:
            await self._keep(name, address, 201)
        except ToolError as error:
            problem = "nobody signs in: it cannot be put into the audit"
            raise RefusedError(503, problem, f"Make room on the disk, or see why: {error}") from error

    async def refused(self, name: str, address: str, status: int) -> None:
        """A try failed: told once an hour for each name and way, and for some names an hour at most."""
        now = self._now_ns() // 1_000_000_000
        self._times = [moment for moment in self._times if now - moment < HOUR_S]
        if now - self._told.get((name, status), -HOUR_S) < HOUR_S or len(self._times) >= WRONG:
            return
        self._told[name, status] = now
        self._times.append(now)
        while len(self._told) > _MOST_NAMES:
            self._told.popitem(last=False)
        try:
            await self._keep(name, address, status)
        except ToolError as error:
            _log.error("a try to sign in as “%s” from %s is not in the audit: %s", name[:32], address, error)

    async def _keep(self, name: str, address: str, status: int) -> None:
        shown = name[:32] if name.isprintable() else "…"
        await asyncio.to_thread(self._book.append, {
            "what": WHAT, "at": self._now_ns(), "from": address, "who": shown,
            "signed": shown if status < 400 else "", "why": "", "on": {}, "channel": "", "asked": {},
            "status": status,
        })
