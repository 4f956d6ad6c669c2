"""The links of sites in the database: what is kept of them, and how it changes. Every call is one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from desk.access.guest_list import Guest
from desk.access.network_book import networks_by_region
from desk.access.tables import region_network, site_browser, site_code, site_link
from desk.database.database import Database
from desk.database.mark import next_mark
from desk.errors import RefusedError
from desk.register.region import RegionId
from desk.register.region_store import RegionStore
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from desk.register.tables import site
from flow.stream_token import SKEW

_SECOND = 1_000_000_000
_PIECE = 500  # names in one question; engines have a limit
AFTER = SKEW - 1
"""Seconds that what is made for a site counts no more after it was shut out: until another headend knows of it, it
makes tokens still. As far ahead as clocks may differ, so that what the site is given anew counts at once."""


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
    lists = select(
        func.count(), func.coalesce(func.max(region_network.c.changed_ns), 0),
    ).select_from(region_network)
    with database.reading() as connection:
        told = [int(one) for rows in (links, lists, sites) for one in connection.execute(rows).one()]
        return (*told, RegionStore(connection).mark())  # whose networks a site's region is below


def known(database: Database) -> Known:
    """All that the register knows. A site that is retired has no link, and what was made for it counts no more;
    when it watches again, it needs a new one."""
    with database.reading() as connection:
        some = connection.execute(select(site_link.c.site).where(_left()).limit(1)).first()
    if some is not None:
        with database.writing() as connection:
            shut_retired(connection)
    with database.reading() as connection:
        return _known(connection)


def shut_retired(connection: Connection) -> None:
    """Take the links of retired sites away, inside a transaction of the caller's."""
    void = select(site.c.retired_s + AFTER).where(site.c.id == site_link.c.site).scalar_subquery()
    connection.execute(update(site_link).where(_left()).values(digest=None, void_until_s=void))
    retired = select(site.c.id).where(site.c.retired_s.is_not(None))
    for table in (site_code, site_browser):
        connection.execute(delete(table).where(table.c.site.in_(retired)))


def _left() -> ColumnElement[bool]:
    """Links that a site still has though it retired."""
    retired = select(site.c.id).where(site.c.retired_s.is_not(None))
    return site_link.c.digest.is_not(None) & site_link.c.site.in_(retired)


def _known(connection: Connection) -> Known:
    rows = select(
        site_link.c.site, site_link.c.digest, site_link.c.void_until_s, site.c.retired_s, site_link.c.devices,
        site.c.region,
    ).join(site, site.c.id == site_link.c.site)
    browsers: dict[str, list[bytes]] = {}
    for name, digest in connection.execute(select(site_browser.c.site, site_browser.c.digest)):
        browsers.setdefault(name, []).append(bytes.fromhex(digest))
    networks = networks_by_region(connection)
    count = connection.execute(select(func.count()).where(site.c.retired_s.is_(None))).scalar_one()
    guests = {
        name: Guest(
            digest=bytes.fromhex(digest) if digest is not None and retired is None else None,
            void_until=max(
                (moment for moment in (void, retired and retired + AFTER) if moment is not None), default=None,
            ),
            browsers=tuple(sorted(browsers.get(name, ()))) if retired is None else (),
            devices=devices, networks=networks(region),
        )
        for name, digest, void, retired, devices, region in connection.execute(rows)
    }
    return Known(sites=count, guests=guests)


def give(database: Database, digests: Mapping[str, bytes], *, now_ns: int) -> dict[str, Guest]:
    """Give each site a link in place of any that it had; what has become of them.

    Raises RefusedError (404) when the register does not have them all, and then changes nothing.
    """
    with database.writing() as connection:
        check(connection, list(digests))
        had = _had(connection, list(digests))
        given = {
            name: Guest(digest=digest, void_until=_void(now_ns, had[name]) if name in had else None)
            for name, digest in digests.items()
        }
        _forget(connection, list(digests))
        _write(connection, given, had, now_ns)
    return given


def revoke(database: Database, sites: Sequence[str], *, now_ns: int) -> dict[str, Guest]:
    """Take the links of sites away, and all that was made for them; what has become of them.

    Raises RefusedError (404) when the register does not have them all, and then changes nothing.
    """
    with database.writing() as connection:
        check(connection, sites, retired=True)
        had = _had(connection, sites)
        shut = {name: Guest(void_until=_void(now_ns, had.get(name))) for name in sites}
        _forget(connection, sites)
        _write(connection, shut, had, now_ns)
    return shut


def limit(database: Database, sites: Sequence[str], devices: int | None, *, now_ns: int) -> None:
    """Let so many devices of each site watch at once; None for as many as any site's.

    Raises RefusedError (404) when the register does not have them all, and then changes nothing.
    """
    with database.writing() as connection:
        check(connection, sites)
        touch(connection, sites, now_ns, devices=devices)


def touch(connection: Connection, sites: Sequence[str], now_ns: int, **values: int | None) -> None:
    """Mark that something of these sites has changed, and set `values`; those without a row get one."""
    had, mark = _had(connection, sites), next_mark(connection, site_link.c.changed_ns, now_ns)
    if new := [{"site": name, "changed_ns": mark, **values} for name in sites if name not in had]:
        connection.execute(insert(site_link), new)
    for piece in _pieces(sites):
        connection.execute(update(site_link).where(site_link.c.site.in_(piece)).values(changed_ns=mark, **values))


def _forget(connection: Connection, sites: Sequence[str]) -> None:
    """What was given for codes ends with the link, and so do the codes."""
    for piece in _pieces(sites):
        for table in (site_code, site_browser):
            connection.execute(delete(table).where(table.c.site.in_(piece)))


def sites_of(database: Database, region: str) -> frozenset[str]:
    """The sites that watch in a region, and in everything below it."""
    with database.reading() as connection:
        tree = RegionStore(connection).tree()
        found = SiteStore(connection, tree).find(SiteQuery(region=RegionId(region)))
    return frozenset(one.id for one in found)


def check(connection: Connection, sites: Sequence[str], *, retired: bool = False) -> None:
    """Raises RefusedError (404) when the register does not have all of these sites."""
    there: set[str] = set()
    for piece in _pieces(sites):
        wanted = select(site.c.id).where(site.c.id.in_(piece))
        there |= set(connection.execute(wanted if retired else wanted.where(site.c.retired_s.is_(None))).scalars())
    missing = [name for name in sites if name not in there]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        problem = f"the register has no site {', '.join(f'“{name[:64]}”' for name in missing[:3])}{more}"
        raise RefusedError(404, problem, "Nothing was changed. `xacast site list` shows the sites that there are")


def _had(connection: Connection, sites: Sequence[str]) -> dict[str, int | None]:
    """Those of the sites that ever had a link, and up to when what was made for them is void."""
    found: dict[str, int | None] = {}
    for piece in _pieces(sites):
        rows = select(site_link.c.site, site_link.c.void_until_s).where(site_link.c.site.in_(piece))
        found |= {row.site: row.void_until_s for row in connection.execute(rows)}
    return found


def _void(now_ns: int, before: int | None) -> int:
    return max(now_ns // _SECOND + AFTER, before or 0)


def _write(
    connection: Connection, guests: Mapping[str, Guest], had: Mapping[str, int | None], now_ns: int,
) -> None:
    mark = next_mark(connection, site_link.c.changed_ns, now_ns)
    rows = {
        name: {
            "digest": guest.digest.hex() if guest.digest is not None else None, "void_until_s": guest.void_until,
            "changed_ns": mark,
        }
        for name, guest in guests.items()
    }
    if new := [{"site": name, **row} for name, row in rows.items() if name not in had]:
        connection.execute(insert(site_link), new)
    if old := [{"which": name, **row} for name, row in rows.items() if name in had]:
        connection.execute(update(site_link).where(site_link.c.site == bindparam("which")), old)


def _pieces(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[at:at + _PIECE] for at in range(0, len(names), _PIECE)]
