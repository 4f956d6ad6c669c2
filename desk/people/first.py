"""The first account of a desk that others reach: an administrator with a password for one use, in a file.

Nobody has a password from the start. Where the operators' listener stands on this machine alone, who runs xacast
makes the first account himself (`xacast operator add`).
"""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path

from desk.audit.book import AuditBook
from desk.errors import RefusedError
from desk.people.account import Account
from desk.people.password import new_password
from desk.people.people import People
from desk.people.role import Role
from flow.errors import OperatorError, ToolError

NAME = "admin"
FILE = "first-login.txt"
WHAT = "the first account"
"""What the audit calls it: nobody asked for it."""
_log = logging.getLogger(__name__)


class First:
    """Belongs to the event loop; keeps at it until it is done, and never raises."""

    def __init__(self, people: People, data: Path, now_ns: Callable[[], int]) -> None:
        """`now_ns` is the wall clock."""
        self._people = people
        self._now_ns = now_ns
        self._path = data / FILE
        self._done = False

    async def look(self, book: AuditBook) -> None:
        """Make the account where there is none, and put that into the audit; take the file away once its password
        has been used."""
        try:
            await self._people.warm()
            account = self._people.memory.accounts.get(NAME)
            if not self._people.memory.accounts:
                await self._make(book)
            elif self._path.exists() and (account is None or not account.once):
                self._path.unlink(missing_ok=True)
        except (OperatorError, ToolError, OSError) as error:
            if not self._done:
                _log.error("the first account cannot be made: %s", error)
            self._done = True

    async def _make(self, book: AuditBook) -> None:
        password = new_password()
        await asyncio.to_thread(self._write, password)  # an account whose password nobody has opens nothing
        entry = {
            "what": WHAT, "at": self._now_ns(), "from": "", "who": "xacast", "signed": "", "why": "",
            "on": {"account": NAME}, "channel": "", "asked": {},
        }
        number, status = await asyncio.to_thread(book.append, entry), 500
        try:
            await self._people.add(Account(name=NAME, role=Role.ADMINISTRATOR), password, once=True)
            status = 201
        except RefusedError as error:
            status = error.status
            if status != 409:  # another headend of the same database was quicker
                raise
        finally:
            if status != 201:
                self._path.unlink(missing_ok=True)
            await asyncio.to_thread(book.append, {
                "of": number, "what": WHAT, "at": self._now_ns(), "channel": "", "status": status, "changed": "",
            })
        if status == 201:
            self._tell()

    def _write(self, password: str) -> None:
        self._path.unlink(missing_ok=True)
        with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{NAME}\n{password}\n")
            file.flush()
            os.fsync(file.fileno())

    def _tell(self) -> None:
        _log.warning("the first account is “%s”; its password, for one use, is in %s", NAME, self._path)
