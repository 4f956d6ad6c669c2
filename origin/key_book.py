"""The keys of encrypted channels in SQLite: small, synced, wrapped, and apart from the media."""

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
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


class KeyBook:
    """Keys by channel and number. Safe from any thread; a call that writes returns when the disk has it.

    Calls raise ToolError when the file cannot be used. Of two headends with one file both have the key of the one
    that was first.
    """

    def __init__(self, path: Path, master: bytes) -> None:
        self._path = path
        self._wrap = KeyWrap(master)
        self._lock = threading.Lock()
        with self._telling():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            self._db = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
            try:
                # FULL: a key that has been used survives a power cut; secure_delete: one that has gone is gone.
                for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
                    self._db.execute(f"PRAGMA {pragma}")
                self._db.execute(_SCHEMA)
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def keys(self, channel: ChannelId) -> dict[int, bytes]:
        """The channel's keys, rising; those that the master key does not open are left out, and told of."""
        with self._telling(), self._lock:
            return self._opened(channel)

    def make(self, channel: ChannelId, numbers: Sequence[int]) -> dict[int, bytes]:
        """Random keys under these numbers, or those that are there already and can be opened."""
        with self._telling(), self._lock, self._transaction():
            known = self._opened(channel)
            keys = {number: known.get(number) or os.urandom(KEY_BYTES) for number in numbers}
            self._db.executemany("INSERT OR REPLACE INTO key VALUES (?, ?, ?)", [
                (channel, number, self._wrap.wrap(key, _purpose(channel, number)))
                for number, key in keys.items() if number not in known
            ])
        return keys

    def remove(self, channel: ChannelId, numbers: Sequence[int]) -> None:
        """Let keys go for good."""
        with self._telling(), self._lock, self._transaction():
            rows = [(channel, number) for number in numbers]
            self._db.executemany("DELETE FROM key WHERE channel = ? AND number = ?", rows)

    def remove_before(self, number: int) -> None:
        """Let go of every channel's keys below a number: of channels that went off air with their keys."""
        with self._telling(), self._lock:
            self._db.execute("DELETE FROM key WHERE number < ?", (number,))

    def _opened(self, channel: ChannelId) -> dict[int, bytes]:
        statement = "SELECT number, wrapped FROM key WHERE channel = ? ORDER BY number"
        with closing(self._db.execute(statement, (channel,))) as rows:
            found = rows.fetchall()
        keys = {}
        for number, wrapped in found:
            try:
                keys[number] = self._wrap.unwrap(wrapped, _purpose(channel, number))
            except ValueError as error:
                _LOG.error("channel %s: key %d cannot be used: %s", channel, number, error)
        return keys

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            tool = f"the store of keys {self._path}"
            raise ToolError(tool, str(error)) from error


def _purpose(channel: ChannelId, number: int) -> str:
    return f"{channel}/{number}"
