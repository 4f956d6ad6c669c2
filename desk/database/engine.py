"""SQLAlchemy's engine for an address, with the settings without which either database is not safe."""

import errno
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from flow.errors import OperatorError

WRITES = "xacast_writes"
"""The execution option of a transaction that will write."""
PATIENCE_S = 5
"""For another's write, and for a server that does not answer."""
_CONNECTIONS = 5
_SILENCE = {
    "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000,
}
"""Seconds, and milliseconds for the last, in which a server whose network is gone is noticed (libpq 34.1.2)."""


def engine_for(address: str, *, make: bool = True) -> Engine:
    """The engine for `sqlite:///<path>` or `postgresql://user:password@host/name`; nothing is connected yet.

    Raises OperatorError, which never shows the address: it may hold a password. Raises OSError for an SQLite file
    that cannot be made, or is not there and is not to be made.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise _no_address() from error
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return _sqlite(url, make=make)
    if url.drivername in {"postgresql", "postgresql+psycopg"}:
        return _postgresql(url)
    raise _no_address()


def _no_address() -> OperatorError:
    problem = "database_url is no address of a database"
    return OperatorError(problem, "Write sqlite:////path/register.db or postgresql://user:password@host/name")


def file_of(engine: Engine) -> tuple[int, int] | None:
    """Which file an SQLite database is (device and inode), None when there is none, or it is a server's."""
    if engine.url.drivername != "sqlite":
        return None
    try:
        found = Path(engine.url.database or "").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _sqlite(url: URL, *, make: bool) -> Engine:
    path = Path(url.database or "")
    if not make and not path.exists():
        raise FileNotFoundError(errno.ENOENT, f"{path.name} is not where it was; put it back")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.chmod(0o600)  # also one that was there; what SQLite puts beside it has the same mode
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": PATIENCE_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: SqliteConnection, _record: object) -> None:
    # Python's own idea of transactions leaves CREATE TABLE outside of them: a migration would be half done.
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#enabling-non-legacy-sqlite-transactional-modes-with-the-sqlite3-or-aiosqlite-driver
    connection.isolation_level = None
    # WAL: readers do not wait for the writer; FULL: what was answered survives a power cut.
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {setting}")


def put_away(connection: Connection) -> None:
    """Take what was committed out of SQLite's log into its file, unless somebody reads just now.

    So the file is whole by itself; and a log that is left behind is never taken for that of another file which
    somebody puts in its place. https://www.sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use
    """
    bare = connection.connection.driver_connection
    if isinstance(bare, SqliteConnection):
        with suppress(SqliteError):  # it is kept anyway
            bare.execute("PRAGMA busy_timeout=0")
            bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            bare.execute(f"PRAGMA busy_timeout={PATIENCE_S * 1_000}")


def _begin(connection: Connection) -> None:
    # Whoever means to write takes the lock at once: a reader that turns writer is refused instead of waiting.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_size=_CONNECTIONS, max_overflow=0,
        pool_timeout=PATIENCE_S, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE_S, **_SILENCE},
    )
