"""Tables as lines of text, the same from SQLite and from PostgreSQL: what one gave, the other takes.

Which tables and columns there are is asked of the database itself: of a schema of any age, nothing is left out.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, Table, text

from desk.database.migration import VERSION_TABLE

AT_ONCE = 5_000
"""Rows in one text: some megabytes at most."""


def tables_of(connection: Connection) -> dict[str, Table]:
    """The tables of the database by name, without the one that says which schema it has."""
    found = MetaData()
    found.reflect(connection, resolve_fks=False)
    return {name: table for name, table in sorted(found.tables.items()) if name != VERSION_TABLE}


def texts_of(connection: Connection, table: Table) -> Iterator[tuple[bytes, int]]:
    """The rows as JSON lines, the names of the columns first, with how many there are; one at least."""
    names = [column.name for column in table.columns]
    order = list(table.primary_key.columns) or list(table.columns)
    rows = connection.execution_options(yield_per=AT_ONCE).execute(table.select().order_by(*order))
    empty = True
    for some in rows.partitions(AT_ONCE):
        empty = False
        yield _lines([names, *([_plain(value) for value in row] for row in some)]), len(some)
    if empty:
        yield _lines([names]), 0


def _lines(rows: Sequence[Sequence[Any]]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n" for row in rows)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, bytes | memoryview):
        return {"hex": bytes(value).hex()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    message = f"a column holds {type(value).__name__}, which has no plain form"
    raise TypeError(message)


def rows_in(content: bytes) -> list[dict[str, Any]]:
    """The rows of one text; raises ValueError for what is none."""
    names, *rows = [json.loads(line) for line in content.splitlines()] or [None]
    if not isinstance(names, list) or not all(isinstance(row, list) and len(row) == len(names) for row in rows):
        message = "rows and columns do not fit"
        raise ValueError(message)
    return [{name: _value(value) for name, value in zip(names, row, strict=True)} for row in rows]


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


class Loader:
    """Fills the tables of a database of the same schema, in any order, inside the transaction of `connection`.

    References between rows are looked at when all are there (`finish`).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._server = connection.dialect.name == "postgresql"
        self._tables = tables_of(connection)
        if self._server:
            self._references("DEFERRABLE INITIALLY DEFERRED")
        else:
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in self._tables.values():  # what migrations put in is in the backup too, as it is today
            connection.execute(table.delete())

    def load(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Put rows into a table; raises ValueError for one that this schema does not have."""
        table = self._tables.get(name)
        if table is None or any(row.keys() != set(table.columns.keys()) for row in rows):
            message = f"this schema has no such table “{name}”"
            raise ValueError(message)
        if rows:
            self._connection.execute(table.insert(), rows)

    def finish(self) -> None:
        """Look at references, and let numbers go on after the highest; raises sqlalchemy's IntegrityError."""
        if not self._server:
            return
        self._connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        self._references("NOT DEFERRABLE")
        for table in self._tables.values():
            for column in table.columns:
                self._count_on(table.name, column.name)

    def _references(self, how: str) -> None:
        quote = self._connection.dialect.identifier_preparer.quote
        for table in self._tables.values():
            for one in table.foreign_key_constraints:
                alter = f"ALTER TABLE {quote(table.name)} ALTER CONSTRAINT {quote(str(one.name))} {how}"
                self._connection.execute(text(alter))

    def _count_on(self, table: str, column: str) -> None:
        quote = self._connection.dialect.identifier_preparer.quote
        asked = text("SELECT pg_get_serial_sequence(:table, :column)")
        sequence = self._connection.execute(asked, {"table": quote(table), "column": column}).scalar()
        if sequence:
            highest = f"(SELECT max({quote(column)}) FROM {quote(table)})"  # noqa: S608 - names of our own
            self._connection.execute(
                text(f"SELECT setval(:sequence, coalesce({highest}, 1), {highest} IS NOT NULL)"),
                {"sequence": sequence},
            )
