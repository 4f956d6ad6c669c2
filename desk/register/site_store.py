"""Sites in the database, inside a transaction of the caller's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from desk.database.mark import next_mark
from desk.errors import RefusedError
from desk.register.folding import folded
from desk.register.region import RegionId
from desk.register.region_tree import RegionTree
from desk.register.site import Site, SiteId, SiteKind
from desk.register.site_query import SiteQuery
from desk.register.tables import region, site, site_label

_TOGETHER = 1_000
"""Values of one question; both engines take more."""


class SiteStore:
    """Reads and writes sites; `tree` says where they are."""

    def __init__(self, connection: Connection, tree: RegionTree) -> None:
        self._connection = connection
        self._tree = tree

    def get(self, name: str) -> Site:
        """One site; raises RefusedError (404) when there is none."""
        row = self._connection.execute(select(site).where(site.c.id == name)).first()
        if row is None:
            problem = f"there is no site “{name[:64]}”"
            raise RefusedError(404, problem, "`xacast site list --search WORDS` finds it")
        return self._made([row])[0]

    def find(self, query: SiteQuery) -> list[Site]:
        """Those that are asked for, by id."""
        statement = select(site).where(*_conditions(query)).order_by(site.c.id)
        if query.after is not None:
            statement = statement.where(site.c.id > query.after)
        if query.limit is not None:
            statement = statement.limit(query.limit)
        return self._made(self._connection.execute(statement).all())

    def count(self, query: SiteQuery) -> int:
        """How many are asked for, whatever the limit."""
        statement = select(func.count()).select_from(site).where(*_conditions(query))
        return int(self._connection.execute(statement).scalar_one())

    def ids(self) -> frozenset[SiteId]:
        """Every id that is taken, of retired ones too."""
        return frozenset(self._connection.execute(select(site.c.id)).scalars())

    def add(self, sites: Sequence[Site], now_s: int) -> None:
        """Write new ones; their ids and regions are right."""
        if sites:
            mark = next_mark(self._connection, site.c.changed_s, now_s)
            rows = [self._row(one) | {"created_s": now_s, "changed_s": mark} for one in sites]
            self._connection.execute(insert(site), rows)
            self._label(sites)

    def change(self, sites: Sequence[Site], now_s: int) -> None:
        """Write others in the place of those with the same ids."""
        if not sites:
            return
        rows = [{f"to_{key}": value for key, value in self._row(one).items()} for one in sites]
        columns = [key for key in rows[0] if key != "to_id"]
        statement = update(site).where(site.c.id == bindparam("to_id")).values(
            changed_s=next_mark(self._connection, site.c.changed_s, now_s),
            **{key.removeprefix("to_"): bindparam(key) for key in columns},
        )
        self._connection.execute(statement, rows)
        self._connection.execute(
            delete(site_label).where(site_label.c.site == bindparam("of")), [{"of": one.id} for one in sites],
        )
        self._label(sites)

    def fold_again(self) -> None:
        """After regions changed their names: sites are found by those, too."""
        sites = self.find(SiteQuery(retired=True))
        if sites:
            mark = next_mark(self._connection, site.c.changed_s, 0)
            statement = update(site).where(site.c.id == bindparam("of")).values(
                found_by=bindparam("words"), changed_s=mark,
            )
            self._connection.execute(statement, [{"of": one.id, "words": self._found_by(one)} for one in sites])

    def _label(self, sites: Iterable[Site]) -> None:
        if rows := [{"site": one.id, "label": label} for one in sites for label in sorted(one.labels)]:
            self._connection.execute(insert(site_label), rows)

    def _made(self, rows: Sequence[Any]) -> list[Site]:
        labels: dict[str, set[str]] = defaultdict(set)
        names = [row.id for row in rows]
        for at in range(0, len(names), _TOGETHER):
            some = names[at:at + _TOGETHER]
            for of, label in self._connection.execute(select(site_label).where(site_label.c.site.in_(some))):
                labels[of].add(label)
        return [
            Site(
                id=row.id, name=row.name, region=row.region, kind=SiteKind(row.kind), contact=row.contact,
                phone=row.phone, note=row.note, labels=frozenset(labels[row.id]), line_kbps=row.line_kbps,
                retired_s=row.retired_s, merged_into=row.merged_into,
            )
            for row in rows
        ]

    def _row(self, one: Site) -> dict[str, object]:
        return {
            "id": one.id, "name": one.name, "region": one.region, "kind": one.kind.value, "contact": one.contact,
            "phone": one.phone, "note": one.note, "line_kbps": one.line_kbps, "retired_s": one.retired_s,
            "merged_into": one.merged_into, "found_by": self._found_by(one),
        }

    def _found_by(self, one: Site) -> str:
        words = (one.id, *one.words, *sorted(one.labels), self._tree.address(one.region))
        return f" {folded(' '.join(words))}"


def _conditions(query: SiteQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.region is not None:
        found.append(site.c.region.in_(select(_below(query.region))))
    if query.kind is not None:
        found.append(site.c.kind == query.kind.value)
    if query.label:
        found.append(site.c.id.in_(select(site_label.c.site).where(site_label.c.label == query.label)))
    if not query.retired:
        found.append(site.c.retired_s.is_(None))
    # Letters and digits alone are left, so nothing in it means anything to LIKE. Words are known by how they
    # begin, numbers by any part of them.
    for word in folded(query.search).split():
        found.append(site.c.found_by.like(f"%{word}%" if word.isdigit() else f"% {word}%"))  # noqa: PERF401
    return found


def _below(top: RegionId) -> ColumnElement[str]:
    """The region and all below it, by the database itself."""
    within = select(region.c.id).where(region.c.id == top).cte("within", recursive=True)
    within = within.union_all(select(region.c.id).where(region.c.parent == within.c.id))
    return within.c.id
