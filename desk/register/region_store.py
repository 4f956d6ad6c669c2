"""Regions in the database, inside a transaction of the caller's."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from desk.errors import RefusedError
from desk.register.region import Level, Region, RegionId
from desk.register.region_tree import RegionTree
from desk.register.tables import region, region_level, region_mark, site

_MARKS = 2**62
"""By chance, not counted: a database of yesterday that is put back never has the mark of another tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeChange:
    """How many regions came, changed and went, and how many sites moved with them."""

    added: int
    changed: int
    removed: int
    moved: int = 0


class RegionStore:
    """Reads and writes the tree."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tree(self) -> RegionTree:
        """All regions, by their ids, parents before children."""
        levels = self._connection.execute(select(region_level).order_by(region_level.c.depth))
        rows = self._connection.execute(select(region).order_by(region.c.depth, region.c.id))
        return RegionTree(
            [Level(vi=row.title_vi, en=row.title_en) for row in levels],
            [Region(id=row.id, parent=row.parent, depth=row.depth, name=row.name) for row in rows],
        )

    def mark(self) -> int:
        """What tells this tree from one that was read before: another for another tree; 0 for none."""
        return self._connection.execute(select(func.max(region_mark.c.mark))).scalar_one() or 0

    def replace(
        self, levels: Sequence[Level], regions: Iterable[Region], moves: Mapping[RegionId, RegionId],
    ) -> TreeChange:
        """Make the tree these regions, sites following `moves`; raises RefusedError (409) when something that is
        named elsewhere would have no region any more."""
        now, then = {one.id: one for one in self.tree()}, {one.id: one for one in regions}
        added = [one for one in sorted(then.values(), key=lambda one: one.depth) if one.id not in now]
        changed = [one for one in then.values() if one.id in now and now[one.id] != one]
        gone = sorted((one for one in now.values() if one.id not in then), key=lambda one: -one.depth)
        try:
            self._put_levels(levels)
            if added:
                self._connection.execute(insert(region), [_row(one) for one in added])
            if changed:
                self._change(changed)
            moved = self._move(moves)
            if gone:
                statement = delete(region).where(region.c.id == bindparam("at"))
                self._connection.execute(statement, [{"at": one.id} for one in gone])
            self._connection.execute(delete(region_level).where(region_level.c.depth >= len(levels)))
            self._connection.execute(delete(region_mark))
            self._connection.execute(insert(region_mark).values(mark=secrets.randbelow(_MARKS) + 1))
        except IntegrityError as error:
            problem = "a region that would go is still named by a site, a programme or an account"
            raise RefusedError(409, problem, "Move what is there first; nothing was changed") from error
        return TreeChange(added=len(added), changed=len(changed), removed=len(gone), moved=moved)

    def _put_levels(self, levels: Sequence[Level]) -> None:
        known = set(self._connection.execute(select(region_level.c.depth)).scalars())
        for depth, one in enumerate(levels):
            words = {"title_vi": one.vi, "title_en": one.en}
            if depth in known:
                self._connection.execute(update(region_level).where(region_level.c.depth == depth).values(words))
            else:
                self._connection.execute(insert(region_level).values(depth=depth, **words))

    def _change(self, changed: list[Region]) -> None:
        statement = update(region).where(region.c.id == bindparam("at")).values(
            parent=bindparam("to_parent"), depth=bindparam("to_depth"), name=bindparam("to_name"),
        )
        self._connection.execute(statement, [
            {"at": one.id, "to_parent": one.parent, "to_depth": one.depth, "to_name": one.name} for one in changed
        ])

    def _move(self, moves: Mapping[RegionId, RegionId]) -> int:
        """By site, not by region: codes of the old tree and of the new one are the same for different places."""
        rows = self._connection.execute(select(site.c.id, site.c.region)).all()
        moving = [{"at": row.id, "to_region": moves[row.region]} for row in rows if row.region in moves]
        if moving:
            self._connection.execute(
                update(site).where(site.c.id == bindparam("at")).values(region=bindparam("to_region")), moving,
            )
        return len(moving)


def _row(one: Region) -> dict[str, object]:
    return {"id": one.id, "parent": one.parent, "depth": one.depth, "name": one.name}
