"""Where the sites of a region may watch from, in the database."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from ipaddress import ip_network

from sqlalchemy import Connection, delete, insert, select

from desk.access.tables import region_network
from desk.database.database import Database
from desk.database.mark import next_mark
from desk.errors import RefusedError
from desk.register.region import RegionId
from desk.register.region_finder import RegionFinder
from desk.register.region_store import RegionStore
from desk.register.tables import region, site
from flow.errors import OperatorError

MOST = 256
"""Networks in one list."""


def networks_by_region(connection: Connection) -> Callable[[str], tuple[str, ...]]:
    """What holds for the sites of a region: its own list, or that of the nearest one above it that has one."""
    lists = _lists(connection)
    parents: Mapping[str, str | None] = {}
    if lists:
        parents = {row.id: row.parent for row in connection.execute(select(region.c.id, region.c.parent))}

    @cache
    def holding(name: str) -> tuple[str, ...]:
        above = parents.get(name)
        return lists.get(name) or (holding(above) if above is not None else ())

    return holding


def told(database: Database, text: str) -> dict[str, object]:
    """A region's list, and the one that holds; raises RefusedError (404) for a region that there is not."""
    with database.reading() as connection:
        name = _region(connection, text)
        return {
            "region": name, "networks": list(_lists(connection).get(name, ())),
            "holding": list(networks_by_region(connection)(name)),
        }


def affected(database: Database, text: str) -> frozenset[str]:
    """The sites for which a list of the region holds, or would: in it or below it, where nothing nearer has one.

    Raises RefusedError (404) for what is no region.
    """
    with database.reading() as connection:
        name = RegionId(_region(connection, text))
        tree, lists = RegionStore(connection).tree(), _lists(connection)
        found, waiting = {name}, [name]
        while waiting:
            lower = [one.id for one in tree.below(waiting.pop()) if one.id not in lists]
            found.update(lower)
            waiting.extend(lower)
        rows = connection.execute(select(site.c.id, site.c.region).where(site.c.retired_s.is_(None)))
        return frozenset(row.id for row in rows if row.region in found)


def put(database: Database, text: str, networks: Sequence[str], now_ns: int) -> dict[str, object]:
    """Give a region this list, none with an empty one; raises RefusedError (404) for what is no region."""
    with database.writing() as connection:
        name = _region(connection, text)
        mark = next_mark(connection, region_network.c.changed_ns, now_ns)
        connection.execute(delete(region_network).where(region_network.c.region == name))
        if networks:
            row = {"region": name, "networks": " ".join(networks), "changed_ns": mark}
            connection.execute(insert(region_network).values(row))
    return told(database, name)


def networks_from(words: object) -> tuple[str, ...]:
    """Networks as somebody wrote them, each in its one spelling; raises OperatorError for what is none."""
    if not isinstance(words, list) or len(words) > MOST or not all(isinstance(word, str) for word in words):
        problem = "“networks” is not a list of networks"
        raise OperatorError(problem, f"Send at most {MOST}, as 10.20.0.0/16; an empty list lets all addresses in")
    found = []
    for word in words:
        try:
            found.append(str(ip_network(word.strip())))
        except ValueError as error:
            problem = f"“{word[:64]}” is no network: {error}"
            raise OperatorError(problem, "Write 10.20.0.0/16, 2001:db8::/32, or one address") from error
    return tuple(dict.fromkeys(found))


def _lists(connection: Connection) -> dict[str, tuple[str, ...]]:
    rows = select(region_network.c.region, region_network.c.networks)
    return {name: tuple(words.split()) for name, words in connection.execute(rows)}


def _region(connection: Connection, text: str) -> str:
    try:
        return RegionFinder(RegionStore(connection).tree()).find(text).id
    except OperatorError as error:
        raise RefusedError(404, error.problem, error.remedy) from error
