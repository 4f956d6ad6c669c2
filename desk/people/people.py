"""Who may sign in and who is: changed in the database, known in memory.

A request is answered from memory: with the database gone, who is signed in goes on until the session ends by its
own times, and nobody signs in anew. Another headend of the same database knows a change within ten seconds.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from desk.database.door import DatabaseDoor
from desk.errors import RefusedError
from desk.people.account import Account
from desk.people.account_memory import AccountMemory
from desk.people.hashing import Hashing
from desk.people.password import check_password, new_password, prepared
from desk.people.session import Session, digest_of, new_token
from desk.people.tries import Tries
from flow.errors import OperatorError

_log = logging.getLogger(__name__)
_LONGEST = 1_024
"""Letters of what is tried as a password; it is refused before it costs anything."""


class People:
    """Lives in the event loop; changes come one after the other."""

    def __init__(
        self, database: DatabaseDoor, *, now: Callable[[], int], steady: Callable[[], int],
        used: Callable[[], bool], hashing: Hashing | None = None,
    ) -> None:
        """`now` is in Unix seconds, `steady` in seconds of a clock that only goes forward; `used` says whether
        there is a database at all: none is made only to look into it."""
        self._database = database
        self._now = now
        self._steady = steady
        self._used = used
        self.hashing = hashing or Hashing()
        self.tries = Tries()
        self.memory = AccountMemory(now)
        self._changing = asyncio.Lock()
        self._looked = -1
        self._gone = False

    async def look(self) -> None:
        """Take note of what others have changed in the database; never raises."""
        if not self._used():
            return
        try:
            async with self._changing:
                await self._look()
            self._gone = False
        except OperatorError as error:
            if not self._gone:
                _log.error("who may sign in is as it was known last: %s", error)
            self._gone = True

    async def warm(self) -> None:
        """Know what the database says, which is made where there is none; raises DatabaseGoneError."""
        async with self._changing:
            await self._look()

    async def _look(self) -> None:
        from desk.people.account_store import Known, known  # noqa: PLC0415 - brings SQLAlchemy along

        self._looked = self._steady()
        seen, ended = self.memory.seen(), self.memory.ended()
        before = Known(above=self.memory.above, tree=self.memory.tree)
        self.memory.replace(await self._database.ask(lambda database: known(database, seen, ended, before)))

    async def signed_in(self, token: str) -> tuple[Account, Session] | None:
        """Whose token it is; a look into the database, one a second, for one that another headend gave out."""
        if not (digest := digest_of(token)):
            return None
        if self.memory.session(digest) is None and self._steady() > self._looked:
            await self.look()
        return self.memory.session(digest)

    async def sign_in(self, name: str, password: str, *, address: str, ends: str = "") -> tuple[str, Account]:
        """A new token and whose it is; the session of the token `ends` is over.

        Raises RefusedError: 401 for what is wrong, the same for a name that nobody has; 429 after too many tries;
        503 without the database.
        """
        from desk.people.account_store import sign_in  # noqa: PLC0415

        now, there = self._steady(), name in self.memory.accounts
        if wait := self.tries.may(address, name, known=there, now_s=now):
            problem = "too many tries to sign in"
            raise RefusedError(429, problem, f"Try again in {wait} s, or have the account unlocked")
        self.tries.tried(address, name, known=there, now_s=now)
        async with self._changing:  # whom another headend has shut out comes in nowhere
            await self._look()
        account = self.memory.accounts.get(name)
        digest = account.digest if account is not None and account.enabled else ""
        fits = len(password) <= _LONGEST and await self.hashing.fits(digest, prepared(password))
        if account is None or not fits:
            raise _wrong()
        token, now_s, old = new_token(), self._now(), digest_of(ends)
        made = Session(digest=digest_of(token), account=name, made_s=now_s, seen_s=now_s)
        async with self._changing:
            if not await self._database.ask(lambda database: sign_in(database, made, old, digest)):
                raise _wrong()
            self.memory.put(made, ends=(old,))
        self.tries.right(address, name)
        return token, account

    async def sign_out(self, session: Session, *, everywhere: bool = False) -> int:
        """End a session, or all of its account; how many they were. Raises RefusedError when other headends cannot
        be told of the others."""
        from desk.people.account_store import sign_out_everywhere  # noqa: PLC0415

        ends = self.memory.of(session.account) if everywhere else (session.digest,)
        self.memory.end(ends)  # here at once; the database hears of it when it can
        if everywhere:
            async with self._changing:
                await self._database.ask(lambda database: sign_out_everywhere(database, session.account))
        await self.look()
        return len(ends)

    async def choose(self, account: Account, session: Session, old: str, new: str, *, address: str) -> None:
        """Another password, chosen by its owner; other sessions of the account end. Raises RefusedError."""
        now = self._steady()
        if wait := self.tries.may(address, account.name, known=True, now_s=now):
            problem = "too many tries"
            raise RefusedError(429, problem, f"Try again in {wait} s")
        self.tries.tried(address, account.name, known=True, now_s=now)
        if len(old) > _LONGEST or not await self.hashing.fits(account.digest, prepared(old)):
            problem = "the old password is wrong"
            raise RefusedError(403, problem, "Try again")
        self.tries.right(address, account.name)
        plain = check_password(new, account.name)
        if plain == prepared(old):
            problem = "the new password is the old one"
            raise OperatorError(problem, "Choose another")
        digest = await self.hashing.digest(plain)
        await self._change(replace(account, digest=digest, once=False), account, keep=session.digest)

    async def add(self, account: Account, password: str = "", *, once: bool = False) -> str:
        """A new account; its password to be told once, empty when one was given, which may be for one use too.
        Raises OperatorError."""
        from desk.people.account_store import add  # noqa: PLC0415

        given = check_password(password, account.name) if password else new_password()
        made = replace(account, digest=await self.hashing.digest(given), once=once or not password)
        async with self._changing:
            await self._database.ask(lambda database: add(database, made, self._now()))
            await self._look()
        return "" if password else given

    async def change(self, account: Account, before: Account | None = None) -> None:
        """Other words of an account, which was so `before`, or is as it is known now; one that is disabled is
        signed out everywhere. Raises RefusedError (409) when somebody else was quicker."""
        before = before or self.account(account.name)
        await self._change(account, before, keep=None if account.enabled else "")

    async def renew(self, account: Account) -> str:
        """A password to be used once, and all its sessions end."""
        given = new_password()
        await self._change(replace(account, digest=await self.hashing.digest(given), once=True), account, keep="")
        self.tries.unlock(account.name)
        return given

    async def _change(self, account: Account, before: Account, *, keep: str | None) -> None:
        from desk.people.account_store import change  # noqa: PLC0415

        async with self._changing:
            try:
                await self._database.ask(
                    lambda database: change(database, account, self._now(), before=before, keep=keep),
                )
            except RefusedError as error:
                if error.status == 409:  # what another headend has changed holds here too, at once
                    await self._look()
                raise
            if keep is not None:
                self.memory.end([one for one in self.memory.of(account.name) if one != keep])
            await self._look()

    def account(self, name: str) -> Account:
        """The account of that name; raises RefusedError (404)."""
        account = self.memory.accounts.get(name)
        if account is None:
            problem = f"there is no account “{name[:40]}”"
            raise RefusedError(404, problem, "`xacast operator list` shows those there are")
        return account


def _wrong() -> RefusedError:
    problem = "name or password is wrong"
    return RefusedError(401, problem, "Try again; `xacast operator password NAME` sets a new one")
