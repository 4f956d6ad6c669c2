"""The keys of encrypted channels in SQLite: small, synced, wrapped, and apart from the media."""

import logging
import os
import sqlite3
import threading
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from flow.errors import ToolError
from flow.ids import ChannelId
from flow.keyring import KEY_BYTES
from origin.key_wrap import KeyWrap

_LOG = logging.getLogger(__name__)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS key (
    channel TEXT NOT NULL,
    number INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (channel, number)
) STRICT, WITHOUT ROWID
"""
_PATIENCE = 5.0  # seconds for another process's write


class DamagedBookError(ToolError):
    """The file is no book of keys, or parts of it are not what was written."""


class KeyBook:
    """Keys by channel and number. Safe from any thread; a call that writes returns when the disk has it.

    Calls raise ToolError when the file cannot be used, DamagedBookError when it never can be again. Of two
    headends with one file both have the key of the one that was first.
    """

    def __init__(self, path: Path, master: bytes) -> None:
        self._path = path
        self._wrap = KeyWrap(master)
        self._lock = threading.Lock()
        with self._telling():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not path.exists():  # a disk that can only be read has keys all the same
                path.touch(mode=0o600)
            self._db = self._opened_file()

    def _opened_file(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
        try:
            _prepare(db, self._path)
        except BaseException:
            db.close()
            raise
        return db

    def _open_again(self) -> None:
        """SQLite never writes by a file that was opened when the disk could only be read."""
        with suppress(OSError, sqlite3.Error, ToolError):
            self._db, old = self._opened_file(), self._db
            old.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def keys(self, channel: ChannelId) -> dict[int, bytes]:
        """The channel's keys, rising; those that the master key does not open are left out, and told of."""
        with self._telling(), self._lock:
            rows = self._rows(channel)
        keys = self._opened(channel, rows)
        if closed := rows.keys() - keys.keys():
            _LOG.error("channel %s: %d keys cannot be used, %d the last: the master key does not open them",
                       channel, len(closed), max(closed))
        return keys

    def make(self, channel: ChannelId, numbers: Sequence[int]) -> dict[int, bytes]:
        """Random keys under these numbers, or those that are there already and can be opened.

        One that is there and cannot be opened stays: viewers may have it under its number, which no other key may
        ever have. The next number that is free is taken instead.
        """
        with self._telling(), self._lock, self._transaction():
            rows = self._rows(channel)
            known = self._opened(channel, rows)
            keys = {number: known[number] for number in numbers if number in known}
            new = {
                number: os.urandom(KEY_BYTES)
                for number in _free([number for number in numbers if number not in known], rows)
            }
            self._db.executemany("INSERT INTO key VALUES (?, ?, ?)", [
                (channel, number, self._wrap.wrap(key, _purpose(channel, number))) for number, key in new.items()
            ])
        return dict(sorted({**keys, **new}.items()))

    def remove(self, channel: ChannelId, numbers: Sequence[int]) -> None:
        """Let keys go for good."""
        with self._telling(), self._lock, self._transaction():
            rows = [(channel, number) for number in numbers]
            self._db.executemany("DELETE FROM key WHERE channel = ? AND number = ?", rows)

    def remove_up_to(self, channel: ChannelId, number: int) -> None:
        """Let a channel's keys go up to this one, those too that cannot be opened."""
        with self._telling(), self._lock, self._transaction():
            self._db.execute("DELETE FROM key WHERE channel = ? AND number <= ?", (channel, number))

    def remove_before(self, number: int, but: Collection[ChannelId] = ()) -> None:
        """Let go of the keys below a number of all channels `but` these: what went off air with its keys."""
        with self._telling(), self._lock, self._transaction():
            found = self._db.execute("SELECT DISTINCT channel FROM key WHERE number < ?", (number,)).fetchall()
            gone = [(channel, number) for (channel,) in found if channel not in but]
            self._db.executemany("DELETE FROM key WHERE channel = ? AND number < ?", gone)

    def _rows(self, channel: ChannelId) -> dict[int, bytes]:
        statement = "SELECT number, wrapped FROM key WHERE channel = ? ORDER BY number"
        with closing(self._db.execute(statement, (channel,))) as rows:
            return dict(rows.fetchall())

    def _opened(self, channel: ChannelId, rows: dict[int, bytes]) -> dict[int, bytes]:
        keys = {}
        for number, wrapped in rows.items():
            with suppress(ValueError):
                keys[number] = self._wrap.unwrap(wrapped, _purpose(channel, number))
        return keys

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:  # SQLite ends it itself when the disk is full
                self._db.execute("ROLLBACK")
            if _kind(error) == sqlite3.SQLITE_READONLY:
                self._open_again()
            raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            kind = DamagedBookError if _damaged(error) else ToolError
            raise kind(_tool(self._path), str(error)) from error


def _tool(path: Path) -> str:
    return f"the store of keys {path}"


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise DamagedBookError(_tool(path), "parts of it are not what was written")
    # FULL: a key that has been used survives a power cut; secure_delete: one that has gone is gone.
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
        db.execute(f"PRAGMA {pragma}")
    db.execute(_SCHEMA)


def _damaged(error: Exception) -> bool:
    return _kind(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _kind(error: BaseException) -> int | None:
    """SQLite's primary result code."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _purpose(channel: ChannelId, number: int) -> str:
    return f"{channel}/{number}"


def _free(numbers: Iterable[int], taken: Container[int]) -> list[int]:
    """These numbers, rising; for one that is taken the next that is not."""
    found: list[int] = []
    for wish in sorted(numbers):
        number = max(wish, found[-1] + 1) if found else wish
        while number in taken:
            number += 1
        found.append(number)
    return found
