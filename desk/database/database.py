"""The desk's database: opened with its schema brought up to date, read and written in transactions."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from desk.database.engine import PATIENCE_S, WRITES, engine_for, file_of, put_away
from desk.database.errors import DatabaseGoneError, NoSuchValueError
from desk.database.migration import bring_up_to_date

_TURN = 0x7861_6361_7374
"""The advisory lock that PostgreSQL's writers take turns by: “xacast”."""
_FOR_READING = {"25006"}
"""A server that takes no changes just now; https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class Database:
    """Safe from any thread; every call may wait for a disk or a server, so an event loop calls from a thread.

    Writers take turns in either engine, so what a transaction has looked up holds until its end.
    """

    def __init__(self, engine: Engine, given_up: Callable[[], bool] = lambda: False) -> None:
        self._engine = engine
        self._given_up = given_up
        self._password = engine.url.password or ""
        self._file = file_of(engine)

    @classmethod
    def open(cls, address: str, *, make: bool = True) -> Self:
        """The database at `address`, with today's schema; a copy of an SQLite file is kept before it changes, and
        with `make` one is made where there is none.

        Raises OperatorError for an address that is none and for a newer schema, DatabaseGoneError.
        """
        try:
            database = cls(engine_for(address, make=make))
        except OSError as error:
            raise DatabaseGoneError(error.strerror or "its folder cannot be written") from error
        try:
            with database.writing() as connection:
                bring_up_to_date(connection)
        except (OSError, sqlite3.Error) as error:  # while a copy is kept
            database.close()
            detail = f"its schema cannot be brought up to date: {error}"
            raise DatabaseGoneError(detail) from error
        except BaseException:
            database.close()
            raise
        return database

    def unless(self, given_up: "Callable[[], bool]") -> Self:
        """The same one for somebody who may give up: then nothing is written that has not been."""
        return type(self)(self._engine, given_up)

    def is_another(self) -> bool:
        """Whether its file is gone, or another one has its name; what is written now would be lost."""
        return self._file is not None and file_of(self._engine) != self._file

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
                if self._given_up():
                    detail = "it took too long"
                    raise DatabaseGoneError(detail)
            put_away(connection)

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
        except DataError as error:  # a null letter, of which PostgreSQL has none, or a number beyond its own
            raise NoSuchValueError from error
        except PoolTimeoutError as error:
            detail = "all its connections are busy"
            raise DatabaseGoneError(detail) from error
        except DBAPIError as error:
            # A bare DatabaseError is SQLite's word for a file that is none of its own, an InternalError that of a
            # server that is for reading alone.
            outside = isinstance(error, OperationalError) or type(error) is DatabaseError
            outside = outside or getattr(error.orig, "sqlstate", None) in _FOR_READING
            if outside or error.connection_invalidated:
                raise DatabaseGoneError(self._said(error)) from error
            raise

    def _said(self, error: DBAPIError) -> str:
        words = " ".join(str(error.orig).split()).rstrip(".?! ") or type(error.orig).__name__
        return (words.replace(self._password, "…") if self._password else words)[:300]
