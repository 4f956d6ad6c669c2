"""A register with the small tree and some sites."""

from desk.database.database import Database
from desk.register.region import RegionId
from desk.register.region_store import RegionStore
from desk.register.site import Site, SiteId
from desk.register.site_store import SiteStore
from tests.desk.register.trees import LEVELS, a_tree


def a_site(code: str = "s00004", region: str = "00004", **words: object) -> Site:
    given = {"name": "Hội trường UBND phường"} | words
    return Site(id=SiteId(code), region=RegionId(region), **given)  # type: ignore[arg-type]


def fill(database: Database, *sites: Site) -> Database:
    with database.writing() as connection:
        RegionStore(connection).replace(LEVELS, a_tree(), {})
        SiteStore(connection, a_tree()).add(sites, 1_000)
    return database


async def nobody_told() -> None:
    """Where nobody is to know of changes."""
