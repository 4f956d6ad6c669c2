"""The desk's database: opened with its schema brought up to date, read and written in transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from desk.database.engine import PATIENCE_S, WRITES, engine_for
from desk.database.errors import DatabaseGoneError
from desk.database.migration import bring_up_to_date

_TURN = 0x7861_6361_7374
"""The advisory lock that PostgreSQL's writers take turns by: “xacast”."""


class Database:
    """Safe from any thread; every call may wait for a disk or a server, so an event loop calls from a thread.

    Writers take turns in either engine, so what a transaction has looked up holds until its end.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._password = engine.url.password or ""

    @classmethod
    def open(cls, address: str) -> Self:
        """The database at `address`, with today's schema; a copy of an SQLite file is kept before it changes.

        Raises OperatorError for an address that is none and for a newer schema, DatabaseGoneError.
        """
        try:
            database = cls(engine_for(address))
        except OSError as error:
            raise DatabaseGoneError(error.strerror or "its folder cannot be written") from error
        try:
            with database.writing() as connection:
                bring_up_to_date(connection)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of everything; raises DatabaseGoneError."""
        with self._telling(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(  # noqa: PLW2901 - the same one, with its options
                    isolation_level="REPEATABLE READ", postgresql_readonly=True,
                )
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole, or not at all; raises DatabaseGoneError.

        IntegrityError passes through: the caller knows what it means.
        """
        with self._telling(), self._engine.connect() as connection:
            connection = connection.execution_options(**{WRITES: True})  # noqa: PLW2901 - the same one
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
                yield connection

    def close(self) -> None:
        """Let go of its connections."""
        self._engine.dispose()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the server or the disk is to blame for becomes a sentence; our own mistakes stay what they are."""
        try:
            yield
        except IntegrityError:
            raise
        except PoolTimeoutError as error:
            detail = "all its connections are busy"
            raise DatabaseGoneError(detail) from error
        except DBAPIError as error:
            # A bare DatabaseError is SQLite's word for a file that is none of its own.
            outside = isinstance(error, OperationalError) or type(error) is DatabaseError
            if outside or error.connection_invalidated:
                raise DatabaseGoneError(self._said(error)) from error
            raise

    def _said(self, error: DBAPIError) -> str:
        words = " ".join(str(error.orig).split()).rstrip(".?! ") or type(error.orig).__name__
        return (words.replace(self._password, "…") if self._password else words)[:300]
