"""The headend's way to the database: opened when first wanted, asked from a thread, never waited for on air."""

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from flow.errors import OperatorError

if TYPE_CHECKING:
    from desk.database.database import Database

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class DatabaseDoor:
    """A database that is not there keeps nothing off air: until it is, each question gets a sentence."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._opening = threading.Lock()
        self._database: Database | None = None
        self._closed = False

    async def ask(self, work: "Callable[[Database], _T]") -> _T:
        """What `work` answers, in a thread; raises DatabaseGoneError, OperatorError and whatever `work` raises."""
        return await asyncio.to_thread(lambda: work(self._opened()))

    async def warm(self) -> None:
        """Open it, if it can be: nobody who comes first shall wait for the schema."""
        try:
            await asyncio.to_thread(self._opened)
        except OperatorError as error:
            _log.error("%s", error)

    def close(self) -> None:
        """Let go of it; from any thread. Who is opening it just now, which may take seconds, lets go himself."""
        self._closed = True
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
            if self._database is None and not self._closed:
                self._database = Database.open(self._address)
            if self._closed:
                self._let_go()
            if self._database is None:
                problem = "the headend is leaving"
                raise OperatorError(problem, "Try again in a moment")
            return self._database
