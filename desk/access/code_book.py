"""Codes in the database: made for a site, and exchanged once for what a browser is known by."""

from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select

from desk.access.link_book import check, touch
from desk.access.tables import site_browser, site_code
from desk.database.database import Database
from desk.register.tables import site

_SECOND = 1_000_000_000
BROWSERS = 16
"""Of one site that are known; when one more comes, the one that came first is not."""


def make(database: Database, digests: Mapping[str, bytes], *, until_s: int, now_ns: int) -> None:
    """Give each site a code in place of any that it had.

    Raises RefusedError (404) when the register does not have them all, and then changes nothing.
    """
    with database.writing() as connection:
        check(connection, list(digests))
        over = site_code.c.until_s <= now_ns // _SECOND
        connection.execute(delete(site_code).where(over | site_code.c.site.in_(list(digests))))
        rows = [{"digest": digest.hex(), "site": name, "until_s": until_s} for name, digest in digests.items()]
        connection.execute(insert(site_code), rows)


def exchange(database: Database, code: bytes, token: bytes, *, now_ns: int) -> str | None:
    """Use a code up, and know its site by the token of this digest too: the site, None for a code that is none."""
    with database.writing() as connection:
        good = (site_code.c.digest == code.hex()) & (site_code.c.until_s > now_ns // _SECOND)
        there = select(site_code.c.site).join(site, site.c.id == site_code.c.site)
        name = connection.execute(there.where(good, site.c.retired_s.is_(None))).scalar_one_or_none()
        if name is None:
            return None
        connection.execute(delete(site_code).where(site_code.c.digest == code.hex()))
        mine = site_browser.c.site == name
        count = connection.execute(select(func.count()).select_from(site_browser).where(mine)).scalar_one()
        if count >= BROWSERS:
            first = select(site_browser.c.digest).where(mine).order_by(site_browser.c.created_ns)
            gone = connection.execute(first.limit(count - BROWSERS + 1)).scalars().all()
            connection.execute(delete(site_browser).where(site_browser.c.digest.in_(gone)))
        connection.execute(insert(site_browser).values(digest=token.hex(), site=name, created_ns=now_ns))
        touch(connection, [name], now_ns)
    return str(name)
