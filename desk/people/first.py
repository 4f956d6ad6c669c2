"""The first account of a desk that others reach: an administrator with a password for one use, in a file.

Nobody has a password from the start. Where the operators' listener stands on this machine alone, who runs xacast
makes the first account himself (`xacast operator add`).
"""

import logging
import os
from pathlib import Path

from desk.errors import RefusedError
from desk.people.account import Account
from desk.people.people import People
from desk.people.role import Role
from flow.errors import OperatorError

NAME = "admin"
FILE = "first-login.txt"
_log = logging.getLogger(__name__)


class First:
    """Belongs to the event loop; keeps at it until it is done, and never raises."""

    def __init__(self, people: People, data: Path) -> None:
        self._people = people
        self._path = data / FILE
        self._done = False

    async def look(self) -> None:
        """Make the account where there is none; take the file away once its password has been used."""
        try:
            await self._people.warm()
            account = self._people.memory.accounts.get(NAME)
            if not self._people.memory.accounts:
                await self._make()
            elif self._path.exists() and (account is None or not account.once):
                self._path.unlink(missing_ok=True)
        except (OperatorError, OSError) as error:
            if not self._done:
                _log.error("the first account cannot be made: %s", error)
            self._done = True

    async def _make(self) -> None:
        try:
            password = await self._people.add(Account(name=NAME, role=Role.ADMINISTRATOR))
        except RefusedError as error:
            if error.status != 409:  # another headend of the same database was quicker
                raise
            return
        self._path.unlink(missing_ok=True)
        with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{NAME}\n{password}\n")
        _log.warning("the first account is “%s”; its password, for one use, is in %s", NAME, self._path)
