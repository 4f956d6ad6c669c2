"""Transactions are whole, writers take turns, and a database that is gone says so in a sentence."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from desk.database.database import Database
from desk.database.errors import DatabaseGoneError
from desk.register.tables import region, region_level, site
from flow.errors import OperatorError
from tests.desk.database.postgres import PostgresServer

LEVEL = {"depth": 0, "title_vi": "trung ương", "title_en": "centre"}


def _names(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(select(region.c.name).order_by(region.c.name)).scalars())


def test_what_was_written_is_there_after_reopening(database_url: str) -> None:
    for name in ("Đà Nẵng", "An Giang"):
        database = Database.open(database_url)
        with database.writing() as connection:
            if name == "Đà Nẵng":
                connection.execute(insert(region_level).values(LEVEL))
            connection.execute(insert(region).values(id=name, depth=0, name=name))
        database.close()
    database = Database.open(database_url)
    assert _names(database) == ["An Giang", "Đà Nẵng"]
    database.close()


def test_words_are_ordered_alike_in_both(database_url: str) -> None:
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(insert(region_level).values(LEVEL))
        for name in ("đ", "d", "Z", "a", "ă", "e"):
            connection.execute(insert(region).values(id=name, depth=0, name=name))
    assert _names(database) == ["Z", "a", "d", "e", "ă", "đ"]
    database.close()


def test_a_transaction_that_fails_leaves_nothing(database_url: str) -> None:
    database = Database.open(database_url)

    def half() -> None:
        with database.writing() as connection:
            connection.execute(insert(region_level).values(LEVEL))
            connection.execute(insert(region).values(id="vn", depth=0, name="Việt Nam", parent="nowhere"))

    with pytest.raises(IntegrityError):
        half()
    with database.reading() as connection:
        assert connection.execute(select(region_level)).all() == []
    database.close()


def test_writers_take_turns(database_url: str) -> None:
    """Each reads the number of rows and writes the next: nobody writes the same."""
    database = Database.open(database_url)

    def write() -> None:
        for _ in range(5):
            with database.writing() as connection:
                depth = len(connection.execute(select(region_level)).all())
                connection.execute(insert(region_level).values(LEVEL | {"depth": depth}))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with database.reading() as connection:
        assert len(connection.execute(select(region_level)).all()) == 20
    database.close()


def test_a_server_that_was_killed_is_told_and_found_again(postgres: PostgresServer) -> None:
    database = Database.open(postgres.new())
    postgres.kill()
    try:
        for _ in range(2):
            with pytest.raises(DatabaseGoneError) as told, database.writing():
                raise AssertionError
            assert told.value.status == 503
            assert "canary" not in str(told.value)
    finally:
        postgres.start()
    assert _names(database) == []
    database.close()


def test_a_transaction_that_the_server_did_not_outlive_is_told(postgres: PostgresServer) -> None:
    database = Database.open(postgres.new())
    try:
        with pytest.raises(DatabaseGoneError), _killed_inside(database, postgres) as connection:
            connection.execute(insert(region_level).values(LEVEL))
    finally:
        postgres.start()
    database.close()


@contextmanager
def _killed_inside(database: Database, postgres: PostgresServer) -> Iterator[Connection]:
    with database.writing() as connection:
        postgres.kill()
        yield connection


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    """T-11."""
    with pytest.raises(DatabaseGoneError) as told:
        Database.open("postgresql://hoa:canary-12ab@127.0.0.1:1/register")
    assert "canary" not in str(told.value)
    assert "does not answer" in str(told.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_text("this is a letter to a friend, and no database at all" * 100)
    with pytest.raises(DatabaseGoneError):
        Database.open(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseGoneError):
        Database.open(f"sqlite:///{tmp_path / 'file' / 'register.db'}")


def test_a_database_that_is_written_elsewhere_is_told_when_patience_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desk.database.engine.PATIENCE_S", 0.05)
    address = f"sqlite:///{tmp_path / 'register.db'}"
    one, other = Database.open(address), Database.open(address)
    with one.writing(), pytest.raises(DatabaseGoneError, match="locked"), other.writing():
        pass
    with one.writing():  # readers wait for nobody
        assert _names(other) == []
    one.close()
    other.close()


def test_what_postgresql_has_no_value_for_is_the_asker_s_fault(postgres: PostgresServer) -> None:
    """T-28: SQLite finds nothing there, PostgreSQL raises."""
    database = Database.open(postgres.new())
    try:
        with pytest.raises(OperatorError, match="no database keeps"), database.reading() as connection:
            connection.execute(select(site.c.id).where(site.c.id == "\0"))
    finally:
        database.close()
