"""Tables as lines are the same from either engine, and either engine takes them."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from desk.backup.rows import AT_ONCE, Loader, rows_in, tables_of, texts_of
from desk.database.database import Database
from desk.programmes.tables import programme_series
from desk.register.tables import region_level
from tests.desk.backup.machines import filled, settings_for
from tests.desk.database.postgres import PostgresServer


def _all(connection: Connection) -> dict[str, list[bytes]]:
    tables = tables_of(connection)
    return {name: [text for text, _ in texts_of(connection, table)] for name, table in tables.items()}


@pytest.mark.parametrize("way", ["there", "back"])
def test_what_one_engine_gave_the_other_takes(way: str, tmp_path: Path, postgres: PostgresServer) -> None:
    urls = [f"sqlite:///{tmp_path / 'a.db'}", postgres.new()]
    source, target = urls if way == "there" else urls[::-1]
    first = Database(Database.open(filled(settings_for(tmp_path / "data", source)).register)._engine)
    second = Database.open(target)
    with first.reading() as connection:
        texts = _all(connection)
    with second.writing() as connection:
        loader = Loader(connection)
        for name, some in sorted(texts.items(), reverse=True):  # references look forward
            for text in some:
                loader.load(name, rows_in(text))
        loader.finish()
    with second.reading() as connection:
        assert _all(connection) == texts
    with second.writing() as connection:  # numbers go on after the highest
        made = connection.execute(insert(programme_series).values(every="tue")).inserted_primary_key
        assert made is not None
        assert made[0] == 42
    with pytest.raises(IntegrityError), second.writing() as connection:  # and references are looked at again
        connection.execute(region_level.delete())
    first.close()
    second.close()


def test_rows_that_lead_nowhere_are_refused(database_url: str) -> None:
    database = Database.open(database_url)
    lost = [{"id": "a", "parent": "nowhere", "depth": 0, "name": "x"}]
    with pytest.raises(IntegrityError):
        _load(database, "region", lost)
    database.close()


def _load(database: Database, name: str, rows: list[dict[str, object]]) -> None:
    with database.writing() as connection:
        loader = Loader(connection)
        loader.load(name, rows)
        loader.finish()


def test_long_tables_are_cut_into_texts_of_some_megabytes(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'a.db'}")
    with database.writing() as connection:
        rows = [{"number": number, "every": "mon"} for number in range(AT_ONCE + 1)]
        connection.execute(insert(programme_series), rows)
    with database.reading() as connection:
        table = tables_of(connection)["programme_series"]
        texts = list(texts_of(connection, table))
        assert [count for _, count in texts] == [AT_ONCE, 1]
        assert rows_in(texts[1][0]) == [{"number": AT_ONCE, "every": "mon"}]
        assert connection.execute(select(table.c.number).limit(1)).scalar() == 0
    database.close()


@pytest.mark.parametrize("content", [b"", b"{}", b'["a"]\n[1, 2]', b'["a"]\n3', b"nonsense", b'["a"]\n[{}]'])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        rows_in(content)


def test_bytes_have_a_form_of_their_own() -> None:
    assert rows_in(b'["a"]\n[{"hex": "00ff"}]\n') == [{"a": b"\x00\xff"}]


def test_a_table_or_column_that_this_schema_does_not_have_is_refused(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(ValueError, match="no such table"), database.writing() as connection:
        Loader(connection).load("nonsense", [])
    with pytest.raises(ValueError, match="no such table"), database.writing() as connection:
        Loader(connection).load("programme_series", [{"number": 1}])
    database.close()
