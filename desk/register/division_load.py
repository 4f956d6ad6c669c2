"""Puts the official units into the register, and takes sites from the former division to the one that holds."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from desk.database.database import Database
from desk.errors import RefusedError
from desk.register.official import CENTRE, Division, official_units
from desk.register.region import RegionId
from desk.register.region_store import RegionStore
from desk.register.region_tree import RegionTree
from desk.register.site_store import SiteStore
from desk.register.tables import site


def load_division(database: Database, division: Division) -> dict[str, Any]:
    """Make the tree that division's; what changed, and which sites were in a unit that was divided.

    Sites stay where they are when the tree does, and follow their unit from the former division to the official
    one: of several successors to the one with the office. Raises RefusedError (409) for every other change under
    sites that are there.
    """
    units = official_units(division)
    with database.writing() as connection:
        store = RegionStore(connection)
        now = store.tree()
        moves: dict[RegionId, RegionId] = {}
        sites = connection.execute(select(func.count()).select_from(site)).scalar_one()
        if sites and {one.id for one in now} != {one.id for one in units.regions}:
            moves = _moves(now, division)
        named = connection.execute(select(site.c.id, site.c.region).order_by(site.c.id)).all()
        became = official_units(Division.FORMER).became if moves else {}
        divided = [row.id for row in named if len(became.get(row.region, ())) > 1]
        change = store.replace(units.levels, units.regions, moves)
        if sites and (change.added or change.changed or change.removed):
            SiteStore(connection, store.tree()).fold_again()
    return {**asdict(change), "divided": divided}


def _moves(now: RegionTree, division: Division) -> dict[RegionId, RegionId]:
    former = official_units(Division.FORMER)
    known = {one.id for one in former.regions}
    if division is not Division.OFFICIAL or not {one.id for one in now} <= known or CENTRE not in now:
        problem = "there are sites in a tree of regions that these units do not follow from"
        raise RefusedError(409, problem, "Export the sites, and import them into a new register")
    moves = {was: successors[0] for was, successors in former.became.items()}
    # What had no successor of its own, a district, is in its province's now.
    for one in former.regions:
        if one.id not in moves and one.parent is not None:
            moves[one.id] = moves.get(one.parent, CENTRE)
    return moves
