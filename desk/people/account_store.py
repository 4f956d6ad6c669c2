"""Accounts and sessions in the database. Every call is one transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from desk.database.database import Database
from desk.errors import RefusedError
from desk.people.account import Account, account_role
from desk.people.session import IDLE_S, LONGEST_S, Session
from desk.people.tables import account, account_session
from desk.register.region_finder import RegionFinder
from desk.register.region_store import RegionStore
from desk.register.tables import region


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All accounts by name, all sessions by digest, and the region above each region, empty for the centre; `tree`
    is the mark of the regions (`RegionStore.mark`), -1 before any were read."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    tree: int = -1


def known(database: Database, seen: Mapping[str, int], ended: Collection[str], before: Known) -> Known:
    """All there is, after sessions were `seen` in use (Unix seconds by digest), and others `ended`.

    Of what was known `before` the regions are kept while they are the same tree.
    """
    if seen:
        statement = update(account_session).where(
            account_session.c.digest == bindparam("which"), account_session.c.seen_s < bindparam("at"),
        ).values(seen_s=bindparam("at"))
        with database.writing() as connection:
            connection.execute(statement, [{"which": digest, "at": at} for digest, at in seen.items()])
    if ended:
        with database.writing() as connection:
            connection.execute(delete(account_session).where(account_session.c.digest.in_(ended)))
    with database.reading() as connection:
        accounts = {
            row.name: Account(
                name=row.name, role=account_role(row.role), region=row.region or "", enabled=row.enabled,
                once=row.once, digest=row.digest,
            )
            for row in connection.execute(select(account).order_by(account.c.name))
        }
        sessions = {
            row.digest: Session(digest=row.digest, account=row.account, made_s=row.made_s, seen_s=row.seen_s)
            for row in connection.execute(select(account_session))
        }
        above, tree = before.above, RegionStore(connection).mark()
        if tree != before.tree:
            rows = connection.execute(select(region.c.id, region.c.parent))
            above = {row.id: row.parent or "" for row in rows}
    return Known(accounts=accounts, sessions=sessions, above=above, tree=tree)


def add(database: Database, one: Account, now_s: int) -> None:
    """A new account; raises RefusedError (409) when the name was ever taken."""
    values = {**_row(one), "created_s": now_s, "changed_s": now_s}
    try:
        with database.writing() as connection:
            connection.execute(insert(account).values(name=one.name, **values))
    except IntegrityError as error:
        problem = f"there is an account “{one.name}” already"
        raise RefusedError(409, problem, "Choose another name, or change that one") from error


def change(database: Database, one: Account, now_s: int, *, before: Account, keep: str | None = None) -> None:
    """Write it in the place of what it was `before`; with `keep`, which may be empty, all its sessions end but the
    one of that digest.

    Raises RefusedError: 404 when there is no such account, 409 when it is another than `before`: what another
    headend has changed is not undone by who has not seen it.
    """
    with database.writing() as connection:
        unchanged = [account.c[key].is_not_distinct_from(value) for key, value in _row(before).items()]
        statement = update(account).where(account.c.name == one.name, *unchanged)
        if connection.execute(statement.values(changed_s=now_s, **_row(one))).rowcount != 1:
            named = select(account.c.name).where(account.c.name == one.name)
            if connection.execute(named).first() is not None:
                problem = f"somebody else has just changed the account {one.name}"
                raise RefusedError(409, problem, f"See `xacast operator show {one.name}`, and try again")
            problem = f"there is no account “{one.name}”"
            raise RefusedError(404, problem, "`xacast operator list` shows those there are")
        if keep is not None:
            mine = (account_session.c.account == one.name) & (account_session.c.digest != keep)
            connection.execute(delete(account_session).where(mine))


def sign_in(database: Database, one: Session, ends: str, digest: str) -> bool:
    """Keep a session in the place of the one of the digest `ends`, and forget those that are over.

    False, and no session, when the account's password is not that of `digest` any more, or it is disabled: to
    verify a password takes a while, and others wait before.
    """
    good = (account.c.name == one.account) & (account.c.digest == digest) & account.c.enabled
    idle, old = account_session.c.seen_s <= one.made_s - IDLE_S, account_session.c.made_s <= one.made_s - LONGEST_S
    with database.writing() as connection:
        if connection.execute(select(account.c.name).where(good)).first() is None:
            return False
        connection.execute(delete(account_session).where(idle | old | (account_session.c.digest == ends)))
        connection.execute(insert(account_session).values(
            digest=one.digest, account=one.account, made_s=one.made_s, seen_s=one.seen_s,
        ))
    return True


def sign_out_everywhere(database: Database, name: str) -> None:
    """End all sessions of an account."""
    with database.writing() as connection:
        connection.execute(delete(account_session).where(account_session.c.account == name))


def region_code(database: Database, text: str) -> str:
    """The code of the region that somebody wrote; raises OperatorError. The centre is the country: empty."""
    with database.reading() as connection:
        found = RegionFinder(RegionStore(connection).tree()).find(text)
    return "" if found.parent is None else str(found.id)


def _row(one: Account) -> dict[str, object]:
    return {
        "role": one.role.word, "region": one.region or None, "enabled": one.enabled, "once": one.once,
        "digest": one.digest,
    }
