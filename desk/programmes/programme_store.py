"""Programmes in the database, inside a transaction of the caller's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from desk.database.mark import next_mark
from desk.errors import RefusedError
from desk.programmes.audience import Audience, Group, Rule
from desk.programmes.programme import Programme, ProgrammeId, programme_id
from desk.programmes.programme_query import ProgrammeQuery
from desk.programmes.tables import programme, programme_document, programme_rule, programme_series
from flow.ids import ChannelId

_PAST = 20
_COMING = 50
"""Programmes before and after a moment that say what it means."""
_TOGETHER = 1_000
"""Values of one question; both engines take more."""


class ProgrammeStore:
    """Reads and writes programmes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> Programme:
        """One programme; raises RefusedError (404) when there is none."""
        statement = select(programme).where(programme.c.number == _number(programme_id(name)))
        row = self._connection.execute(statement).first()
        if row is None:
            problem = f"there is no programme {name}"
            raise RefusedError(404, problem, "`xacast programme list --from 2000-01-01` shows all there were")
        return self._made([row])[0]

    def find(self, query: ProgrammeQuery) -> list[Programme]:
        """Those that are asked for, by their starts."""
        row, asked = programme.c, []
        if query.channel is not None:
            asked.append(row.channel == query.channel)
        if query.series is not None:
            asked.append(row.series == query.series)
        if query.from_s is not None:
            over = func.coalesce(row.ended_s, row.end_s)
            lasts = row.ended_s.is_(None) & (row.end_s.is_(None) | row.runs_over)
            asked.append(or_(over > query.from_s, lasts))
        if query.to_s is not None:
            asked.append(row.start_s < query.to_s)
        if not query.cancelled:
            asked.append(~row.cancelled)
        statement = select(programme).where(*asked).order_by(row.start_s, row.number)
        if query.limit is not None:
            statement = statement.limit(query.limit)
        return self._made(self._connection.execute(statement).all())

    def around(self, channel: ChannelId, now_s: int) -> list[Programme]:
        """What a channel's timetable needs at a moment: the last, what has no end, and the next ones."""
        row = programme.c
        mine = select(programme).where(row.channel == channel, ~row.cancelled)
        lasting = mine.where(row.ended_s.is_(None), row.end_s.is_(None) | row.runs_over)
        past = mine.where(row.start_s <= now_s).order_by(row.start_s.desc(), row.number.desc()).limit(_PAST)
        coming = mine.where(row.start_s > now_s).order_by(row.start_s, row.number).limit(_COMING)
        rows = {one.number: one for part in (past, lasting, coming) for one in self._connection.execute(part)}
        return self._made(list(rows.values()))

    def channels(self) -> list[ChannelId]:
        """All channels that have, or had, programmes, cancelled ones too: that the only one was lets nobody in."""
        found = select(programme.c.channel).distinct().order_by(programme.c.channel)
        return [ChannelId(name) for name in self._connection.execute(found).scalars()]

    def add(self, made: Sequence[Programme], now_s: int) -> list[Programme]:
        """Write new ones; they come back with ids of their own."""
        kept = []
        mark = next_mark(self._connection, programme.c.changed_s, now_s)
        for one in made:
            values = {**_row(one), "created_s": now_s, "changed_s": mark}
            result = self._connection.execute(insert(programme).values(values).returning(programme.c.number))
            kept.append(replace(one, id=ProgrammeId(f"p{result.scalar_one()}")))
        self._add_parts(kept)
        return kept

    def add_series(self, every: str) -> int:
        """A new series, by the words that it is made by."""
        result = self._connection.execute(
            insert(programme_series).values(every=every).returning(programme_series.c.number),
        )
        return int(result.scalar_one())

    def every(self, series: int | None) -> str:
        """The words that a series was made by; empty for none."""
        found = select(programme_series.c.every).where(programme_series.c.number == series)
        return str(self._connection.execute(found).scalar_one_or_none() or "")

    def change(self, one: Programme, now_s: int) -> None:
        """Write it in the place of the one with its id."""
        number = _number(one.id)
        values = {**_row(one), "changed_s": next_mark(self._connection, programme.c.changed_s, now_s)}
        self._connection.execute(update(programme).where(programme.c.number == number).values(values))
        for table in (programme_rule, programme_document):
            self._connection.execute(delete(table).where(table.c.programme == number))
        self._add_parts([one])

    def _add_parts(self, made: Sequence[Programme]) -> None:
        rules = [
            {"programme": _number(one.id), "excluded": excluded, "kind": rule.group.value, "name": rule.name}
            for one in made
            for excluded, rules in ((False, one.audience.included), (True, one.audience.excluded))
            for rule in sorted(rules)
        ]
        documents = [
            {"programme": _number(one.id), "place": place, "name": name}
            for one in made for place, name in enumerate(one.documents)
        ]
        if rules:
            self._connection.execute(insert(programme_rule), rules)
        if documents:
            self._connection.execute(insert(programme_document), documents)

    def _made(self, rows: Sequence[Any]) -> list[Programme]:
        rules: dict[tuple[int, bool], set[Rule]] = defaultdict(set)
        documents: dict[int, list[str]] = defaultdict(list)
        numbers = [row.number for row in rows]
        for at in range(0, len(numbers), _TOGETHER):
            some = numbers[at:at + _TOGETHER]
            for of, excluded, kind, name in self._connection.execute(
                select(programme_rule).where(programme_rule.c.programme.in_(some)),
            ):
                rules[of, excluded].add(Rule(group=Group(kind), name=name))
            named = select(programme_document).where(programme_document.c.programme.in_(some))
            for of, _place, name in self._connection.execute(named.order_by(programme_document.c.place)):
                documents[of].append(name)
        return [
            Programme(
                id=ProgrammeId(f"p{row.number}"), channel=row.channel, title=row.title, title_en=row.title_en,
                description=row.description, start_s=row.start_s, end_s=row.end_s, rehearsal_s=row.rehearsal_s,
                recording=row.recording, cancelled=row.cancelled, runs_over=row.runs_over, began_s=row.began_s,
                ended_s=row.ended_s, series=row.series, documents=tuple(documents[row.number]),
                audience=Audience(
                    included=frozenset(rules[row.number, False]), excluded=frozenset(rules[row.number, True]),
                ),
            )
            for row in rows
        ]


def _number(name: ProgrammeId) -> int:
    return int(name[1:])


def _row(one: Programme) -> dict[str, object]:
    keys = (
        "channel", "title", "title_en", "description", "start_s", "end_s", "rehearsal_s", "recording", "cancelled",
        "runs_over", "began_s", "ended_s", "series",
    )
    return {key: getattr(one, key) for key in keys}
