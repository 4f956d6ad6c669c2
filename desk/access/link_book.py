"""The links of sites in the database: what is kept of them, and how it changes. Every call is one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, ScalarSelect, bindparam, func, insert, select, update

from desk.access.guest_list import Guest
from desk.access.tables import site_link
from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.tables import site

_SECOND = 1_000_000_000
_PIECE = 500  # names in one question; engines have a limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register knows: how many sites watch, and what has become of each that ever had a link."""

    sites: int
    guests: Mapping[str, Guest]


Stamp = tuple[int, ...]
"""Changes when anything does that `known` tells."""


def stamp(database: Database) -> Stamp:
    """Whether something has changed, cheaply."""
    links = select(func.count(), func.coalesce(func.max(site_link.c.changed_ns), 0)).select_from(site_link)
    sites = select(
        func.count(), func.count(site.c.retired_s), func.coalesce(func.max(site.c.changed_s), 0),
    ).select_from(site)
    with database.reading() as connection:
        return (*connection.execute(links).one(), *connection.execute(sites).one())


def known(database: Database) -> Known:
    """All that the register knows. A site that is retired has no link, and what was made for it counts no more;
    when it watches again, it needs a new one."""
    retired = select(site.c.id).where(site.c.retired_s.is_not(None))
    left = site_link.c.digest.is_not(None) & site_link.c.site.in_(retired)
    with database.reading() as connection:
        some = connection.execute(select(site_link.c.site).where(left).limit(1)).first()
    if some is not None:
        with database.writing() as connection:
            connection.execute(update(site_link).where(left).values(digest=None, void_until_s=_retired_s()))
    with database.reading() as connection:
        return _known(connection)


def _retired_s() -> ScalarSelect[int]:
    return select(site.c.retired_s).where(site.c.id == site_link.c.site).scalar_subquery()


def _known(connection: Connection) -> Known:
    rows = select(
        site_link.c.site, site_link.c.digest, site_link.c.void_until_s, site.c.retired_s,
    ).join(site, site.c.id == site_link.c.site)
    count = connection.execute(select(func.count()).where(site.c.retired_s.is_(None))).scalar_one()
    guests = {
        name: Guest(
            digest=bytes.fromhex(digest) if digest is not None and retired is None else None,
            void_until=max((moment for moment in (void, retired) if moment is not None), default=None),
        )
        for name, digest, void, retired in connection.execute(rows)
    }
    return Known(sites=count, guests=guests)


def give(database: Database, digests: Mapping[str, bytes], *, now_ns: int) -> dict[str, Guest]:
    """Give each site a link in place of any that it had; what has become of them.

    Raises RefusedError (404) when the register does not have them all, and then changes nothing.
    """
    with database.writing() as connection:
        _check(connection, list(digests))
        had = _had(connection, list(digests))
        given = {
            name: Guest(digest=digest, void_until=now_ns // _SECOND if name in had else None)
            for name, digest in digests.items()
        }
        _write(connection, given, had, now_ns)
    return given


def revoke(database: Database, sites: Sequence[str], *, now_ns: int) -> dict[str, Guest]:
    """Take the links of sites away, and all that was made for them; what has become of them.

    Raises RefusedError (404) when the register does not have them all, and then changes nothing.
    """
    with database.writing() as connection:
        _check(connection, sites, retired=True)
        shut = {name: Guest(void_until=now_ns // _SECOND) for name in sites}
        _write(connection, shut, _had(connection, sites), now_ns)
    return shut


def _check(connection: Connection, sites: Sequence[str], *, retired: bool = False) -> None:
    there: set[str] = set()
    for piece in _pieces(sites):
        wanted = select(site.c.id).where(site.c.id.in_(piece))
        there |= set(connection.execute(wanted if retired else wanted.where(site.c.retired_s.is_(None))).scalars())
    missing = [name for name in sites if name not in there]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        problem = f"the register has no site {', '.join(f'“{name[:64]}”' for name in missing[:3])}{more}"
        raise RefusedError(404, problem, "Nothing was changed. `xacast site list` shows the sites that there are")


def _had(connection: Connection, sites: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for piece in _pieces(sites):
        found |= set(connection.execute(select(site_link.c.site).where(site_link.c.site.in_(piece))).scalars())
    return found


def _write(connection: Connection, guests: Mapping[str, Guest], had: set[str], now_ns: int) -> None:
    rows = {
        name: {
            "digest": guest.digest.hex() if guest.digest is not None else None, "void_until_s": guest.void_until,
            "changed_ns": now_ns,
        }
        for name, guest in guests.items()
    }
    if new := [{"site": name, **row} for name, row in rows.items() if name not in had]:
        connection.execute(insert(site_link), new)
    if old := [{"which": name, **row} for name, row in rows.items() if name in had]:
        connection.execute(update(site_link).where(site_link.c.site == bindparam("which")), old)


def _pieces(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[at:at + _PIECE] for at in range(0, len(names), _PIECE)]
