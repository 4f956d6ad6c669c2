"""The headend's way to the database: opened when first wanted, asked from a thread, never waited for on air."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desk.database.errors import DatabaseGoneError
from flow.errors import OperatorError

if TYPE_CHECKING:
    from desk.database.database import Database

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_THREADS = 4
"""Of its own: a server that is silent must not take those in which the audit is written."""
PATIENCE = 9.0
"""Seconds that a question may take; the longest change of the register takes two or three, and the command line
(`desk/api_client.py`) waits for a second more."""


class DatabaseDoor:
    """A database that is not there keeps nothing off air: until it is, each question gets a sentence.

    One that comes back is found again, also when it is another file under the same name.
    """

    def __init__(self, address: str, *, trace: Path | None = None, patience: float = PATIENCE) -> None:
        """`trace` is a file that is there when there was a database in an earlier life."""
        self._address = address
        self._trace = trace
        self._patience = patience
        self._opening = threading.Lock()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="database")
        self._database: Database | None = None
        self._known = False
        self._closed = False

    async def ask(self, work: "Callable[[Database], _T]") -> _T:
        """What `work` answers, in a thread; raises DatabaseGoneError, OperatorError and whatever `work` raises.

        Nothing is written by a question that was given up.
        """
        given_up = threading.Event()
        try:
            asking = self._threads.submit(lambda: work(self._opened().unless(given_up.is_set)))
        except RuntimeError as error:
            raise _leaving() from error
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.wrap_future(asking)
        except TimeoutError as error:
            given_up.set()
            detail = f"not within {self._patience:g} s"
            raise DatabaseGoneError(detail) from error

    async def warm(self) -> None:
        """Open it, if it can be: nobody who comes first shall wait for the schema."""
        try:
            await self.ask(lambda _database: None)
        except OperatorError as error:
            _log.error("%s", error)

    def close(self) -> None:
        """Let go of it; from any thread. Who is opening it just now, which may take seconds, lets go himself."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._opening.acquire(blocking=False):
            try:
                self._let_go()
            finally:
                self._opening.release()

    def _let_go(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _opened(self) -> "Database":
        # Half a second of imports, which neither the command line nor the first segment waits for.
        from desk.database.database import Database  # noqa: PLC0415

        with self._opening:
            if self._database is not None and self._database.is_another():
                _log.warning("the database's file is another one, or gone")
                self._let_go()
            if self._database is None and not self._closed:
                # Where there was one, none is made anew: it would be empty, and shut everybody out.
                known = self._known or (self._trace is not None and self._trace.exists())
                self._database = Database.open(self._address, make=not known)
                self._known = True
            if self._closed:
                self._let_go()
            if self._database is None:
                raise _leaving()
            return self._database


def _leaving() -> OperatorError:
    problem = "the headend is leaving"
    return OperatorError(problem, "Try again in a moment")
