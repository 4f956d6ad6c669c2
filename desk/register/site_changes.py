"""What an operator does to sites: each is one transaction, and answers the site as JSON."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from desk.access.link_book import shut_retired
from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.region import RegionId
from desk.register.region_finder import RegionFinder
from desk.register.region_store import RegionStore
from desk.register.region_tree import RegionTree
from desk.register.site import Site
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from desk.register.site_words import changed_site, new_site, query_from, shown


def listed(database: Database, words: dict[str, str], within: str = "") -> dict[str, Any]:
    """Sites that are asked for, how many there are, and where to go on when that was not all; `within` a region,
    unless that is empty. Raises OperatorError."""
    with database.reading() as connection:
        tree, store = _opened(connection)
        query = _narrowed(query_from(words, RegionFinder(tree)), tree, within)
        found = store.find(query)
        count = store.count(replace(query, limit=None, after=None))
    more = found[-1].id if query.limit is not None and len(found) == query.limit else None
    return {"sites": [shown(one, tree) for one in found], "count": count, "next": more}


def _narrowed(query: SiteQuery, tree: RegionTree, within: str) -> SiteQuery:
    if not within:
        return query
    wish = RegionId(within) if query.region is None else query.region
    if RegionId(within) not in tree or wish not in tree.within(RegionId(within)):
        problem = f"region {wish} is not in your part of the country"
        raise RefusedError(404, problem, "`xacast whoami` says which that is")
    return replace(query, region=wish)


def told(database: Database, name: str) -> dict[str, Any]:
    """One site; raises RefusedError (404)."""
    with database.reading() as connection:
        tree, store = _opened(connection)
        return shown(store.get(name), tree)


def added(database: Database, words: object, now_s: int) -> dict[str, Any]:
    """A new site; raises OperatorError."""
    with database.writing() as connection:
        tree, store = _opened(connection)
        site = new_site(words, RegionFinder(tree), store.ids())
        store.add([site], now_s)
        return shown(site, tree)


def changed(database: Database, name: str, words: object, now_s: int) -> dict[str, Any]:
    """The site with other words, in another region too; raises OperatorError."""
    return _change(database, name, now_s, lambda site, tree: changed_site(site, words, RegionFinder(tree)))


def retired(database: Database, name: str, now_s: int, *, back: bool) -> dict[str, Any]:
    """The site watches no more, or again."""
    def turn(site: Site, _tree: RegionTree) -> Site:
        if back:
            return replace(site, retired_s=None, merged_into=None)
        return site if site.retired_s is not None else replace(site, retired_s=now_s)

    return _change(database, name, now_s, turn)


def merged(database: Database, names: Sequence[str], into: str, now_s: int) -> dict[str, Any]:
    """Sites that one takes the place of: they retire, and it gets their labels. Raises RefusedError."""
    with database.writing() as connection:
        tree, store = _opened(connection)
        target, sites = store.get(into), [store.get(name) for name in dict.fromkeys(names)]
        if target.retired_s is not None or target in sites or not sites:
            problem = f"site {into} cannot take the place of these"
            raise RefusedError(409, problem, "Name one that watches, and others beside it")
        labels = target.labels.union(*(one.labels for one in sites))
        target = replace(target, labels=labels)
        gone = [replace(one, retired_s=one.retired_s or now_s, merged_into=target.id) for one in sites]
        store.change([target, *gone], now_s)
        shut_retired(connection)
        return shown(target, tree)


def _change(
    database: Database, name: str, now_s: int, turn: Callable[[Site, RegionTree], Site],
) -> dict[str, Any]:
    with database.writing() as connection:
        tree, store = _opened(connection)
        site = turn(store.get(name), tree)
        store.change([site], now_s)
        shut_retired(connection)  # whoever retires and comes back at once has no link either
        return shown(site, tree)


def all_sites(database: Database) -> tuple[RegionTree, list[Site]]:
    """Everything: the tree, and every site that was ever there."""
    with database.reading() as connection:
        tree, store = _opened(connection)
        return tree, store.find(SiteQuery(retired=True))


def _opened(connection: Connection) -> tuple[RegionTree, SiteStore]:
    tree = RegionStore(connection).tree()
    return tree, SiteStore(connection, tree)
