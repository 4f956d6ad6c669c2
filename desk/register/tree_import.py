"""Puts a tree of somebody's own into the register, whole or not at all."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, select

from desk.database.database import Database
from desk.register.own_tree import OwnTree, tree_from
from desk.register.region import Level
from desk.register.region_store import RegionStore, TreeChange
from desk.register.sheet import Row
from desk.register.site_store import SiteStore
from desk.register.tables import site

_SHOWN = 1_000


class _DryError(Exception):
    """Takes back what was only tried."""


def import_tree(database: Database, levels: Sequence[Level], rows: Sequence[Row], *, dry: bool) -> dict[str, Any]:
    """Make the register's tree that of the rows; what changed, or which rows are wrong.

    Sites stay in their regions. Raises OperatorError for rows that mean nothing, and RefusedError (409) when a
    region would go that a site or something else is in; `dry` changes nothing.
    """
    tree = tree_from(rows, levels)
    change = TreeChange(added=0, changed=0, removed=0)
    if not tree.bad:
        with suppress(_DryError), database.writing() as connection:
            change = _put(connection, levels, tree)
            _keep(dry=dry)
    wrong = [{"line": line, "reason": reason} for line, reason in tree.bad]
    return {
        "written": not dry and not wrong, **asdict(change), "regions": len(tree.regions), "bad": len(wrong),
        "rows": wrong[:_SHOWN],
    }


def _put(connection: Connection, levels: Sequence[Level], tree: OwnTree) -> TreeChange:
    store = RegionStore(connection)
    change = store.replace(levels, tree.regions, {})
    if connection.execute(select(func.count()).select_from(site)).scalar_one():
        SiteStore(connection, store.tree()).fold_again()
    return change


def _keep(*, dry: bool) -> None:
    if dry:
        raise _DryError
