"""What the control API tells of regions."""

from typing import Any

from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.folding import folded
from desk.register.region import Region
from desk.register.region_finder import RegionFinder
from desk.register.region_store import RegionStore
from desk.register.region_tree import RegionTree
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from flow.errors import OperatorError

MOST = 500
"""Regions in the answer to a search."""


def regions_listed(database: Database, words: dict[str, str]) -> dict[str, Any]:
    """The regions right below `below` (the centre unless given), or all whose address has the words of `search`.

    Raises OperatorError for a region that there is not.
    """
    with database.reading() as connection:
        tree = RegionStore(connection).tree()
    levels = [{"vi": one.vi, "en": one.en} for one in tree.levels]
    if not len(tree):
        return {"levels": levels, "regions": [], "count": 0}
    if search := folded(words.get("search", "")[:200]).split():
        found = [one for one in tree if _has(folded(tree.address(one.id)), search)]
        # What is called so itself comes before what lies in it: “ha noi” is the city, and then its 126 communes.
        found.sort(key=lambda one: (not _has(folded(one.name), search), one.depth))
    else:
        top = RegionFinder(tree).find(words["below"]) if words.get("below") else next(iter(tree))
        found = list(tree.below(top.id))
    return {"levels": levels, "regions": [_shown(one, tree) for one in found[:MOST]], "count": len(found)}


def region_told(database: Database, text: str) -> dict[str, Any]:
    """One region by code or name: where it is, what is below it, how many sites it has.

    Raises RefusedError (404).
    """
    with database.reading() as connection:
        tree = RegionStore(connection).tree()
        try:
            one = RegionFinder(tree).find(text)
        except OperatorError as error:
            raise RefusedError(404, error.problem, error.remedy) from error
        sites = SiteStore(connection, tree).count(SiteQuery(region=one.id))
    path = [{"id": step.id, "name": step.name} for step in tree.path(one.id)]
    return {**_shown(one, tree), "path": path, "sites": sites}


def _has(text: str, words: list[str]) -> bool:
    """Whether each begins a word of the text: “ha” is Hà Nội, and not Thanh Hóa's end."""
    return all(f" {word}" in f" {text}" for word in words)


def _shown(one: Region, tree: RegionTree) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "address": tree.address(one.id), "parent": one.parent, "depth": one.depth,
        "level": tree.levels[one.depth].en, "below": len(tree.below(one.id)),
    }
