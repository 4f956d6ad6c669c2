"""Accounts, sessions and the tree of regions, as a headend has them in memory."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from desk.people.account import Account
from desk.people.session import Session

if TYPE_CHECKING:
    from desk.people.account_store import Known


class AccountMemory:
    """Belongs to the event loop; no call waits."""

    def __init__(self, now: Callable[[], int]) -> None:
        """`now` is in Unix seconds."""
        self._now = now
        self.accounts: Mapping[str, Account] = {}
        self.above: Mapping[str, str] = {}
        self.tree = -1
        self._sessions: dict[str, Session] = {}
        self._used: set[str] = set()
        self._ended: set[str] = set()

    def lasts(self, digest: str) -> bool:
        """Whether it is a session; to ask is no use of it."""
        return self._found(digest) is not None

    def session(self, digest: str) -> tuple[Account, Session] | None:
        """Whose session it is, if it is one: it is in use now."""
        if (both := self._found(digest)) is None:
            return None
        account, found = both
        if found.seen_s < self._now():
            found = replace(found, seen_s=self._now())
            self._sessions[digest] = found
            self._used.add(digest)
        return account, found

    def _found(self, digest: str) -> tuple[Account, Session] | None:
        found = self._sessions.get(digest)
        account = self.accounts.get(found.account) if found is not None else None
        if found is None or account is None or not account.enabled or not found.holds(self._now()):
            return None
        return account, found

    def put(self, one: Session, *, ends: Iterable[str] = ()) -> None:
        """A session begins, and others end."""
        self.end(ends)
        self._sessions[one.digest] = one

    def end(self, digests: Iterable[str]) -> None:
        """Sessions end here, whatever the database still says of them."""
        for digest in digests:
            if self._sessions.pop(digest, None) is not None:
                self._ended.add(digest)

    def of(self, account: str) -> tuple[str, ...]:
        """The digests of an account's sessions."""
        return tuple(one.digest for one in self._sessions.values() if one.account == account)

    def seen(self) -> dict[str, int]:
        """When sessions were last used, of those that the database does not know of."""
        return {digest: self._sessions[digest].seen_s for digest in self._used if digest in self._sessions}

    def ended(self) -> tuple[str, ...]:
        """Sessions that the database may still have."""
        return tuple(self._ended)

    def replace(self, known: "Known") -> None:
        """What the database says now, after it was told; of two times a session was used the later one holds."""
        now = self._now()
        kept: dict[str, Session] = {}
        for digest, one in known.sessions.items():
            mine = self._sessions.get(digest, one)
            latest = replace(one, seen_s=max(one.seen_s, mine.seen_s))
            if digest not in self._ended and latest.holds(now):
                kept[digest] = latest
        self._used = {digest for digest, one in kept.items() if one != known.sessions[digest]}
        self._ended &= set(known.sessions)
        self._sessions, self.accounts = kept, known.accounts
        self.above, self.tree = known.above, known.tree

    def within(self, region: str, outer: str) -> bool:
        """Whether `region` is `outer` or below it; either is empty for the country."""
        while region and region != outer:
            region = self.above.get(region, "")
        return not outer or region == outer
