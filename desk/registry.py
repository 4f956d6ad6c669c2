"""Which channels are wanted, in SQLite. A channel that is in the registry runs; one that is not, does not."""

import json
import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.definition import UNREADABLE, channel_from, definition_of, settled_of
from desk.errors import RefusedError
from flow.channel import Channel
from flow.errors import OperatorError, ToolError
from flow.ids import ChannelId
from flow.json_words import read_json

_log = logging.getLogger(__name__)

_SCHEMA = ("""
CREATE TABLE IF NOT EXISTS channel (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    remote INTEGER NOT NULL,
    definition TEXT NOT NULL
) STRICT, WITHOUT ROWID
""", """
CREATE TABLE IF NOT EXISTS region_of_channel (
    name TEXT PRIMARY KEY,
    region TEXT NOT NULL
) STRICT, WITHOUT ROWID
""")
_REGIONS = """
SELECT name, region FROM region_of_channel
UNION SELECT name, '' FROM channel WHERE name NOT IN (SELECT name FROM region_of_channel)
"""
"""Channels of before there were regions are the country's."""
VERSION = 1
PATIENCE = 5.0
"""Seconds to wait for another process's write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A channel as declared. `revision` never repeats for a name; `remote` says that its worker runs elsewhere.
    `settled` grows with each change of what may change on air, and never makes another revision."""

    channel: Channel
    revision: int
    remote: bool = False
    settled: int = 0

    def told(self) -> dict[str, Any]:
        """The definition as workers get it, with how new it is: one of several headends follows the newest."""
        return {**definition_of(self.channel), "revision": self.revision, "settled": self.settled}


class Registry:
    """The channels wanted on this machine. Safe from any thread; calls take milliseconds and reach the disk.

    The headend writes it, the supervisor reads it. Feeds' addresses may hold secrets, so the file is the owner's.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        with _telling(path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.chmod(0o600)  # also one of an earlier version's; what SQLite puts beside it has the same mode
            self._db = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False, isolation_level=None)
            self._path = path
            try:
                self._prepare()
                self._regions: dict[str, str] = dict(self._db.execute(_REGIONS).fetchall())
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            problem = f"{self._path} was written by a newer xacast"
            raise OperatorError(problem, "Use that version, or another data directory")
        # WAL: the supervisor reads while the headend writes; FULL: what was declared survives a power cut.
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        for table in _SCHEMA:
            self._db.execute(table)
        self._db.execute(f"PRAGMA user_version={VERSION}")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def add(self, channel: Channel, *, revision: int, remote: bool = False) -> Declared:
        """Declare a channel; raises RefusedError (409) when the name is taken."""
        words = json.dumps(definition_of(channel), ensure_ascii=False)
        try:
            self._run("INSERT INTO channel VALUES (?, ?, ?, ?)", channel.id, revision, int(remote), words)
        except sqlite3.IntegrityError as error:
            problem = f"channel {channel.id} is running already"
            remedy = f"Choose another name, or `xacast stop {channel.id}` first"
            raise RefusedError(409, problem, remedy) from error
        self._place(channel)
        return Declared(channel=channel, revision=revision, remote=remote)

    def change(self, declared: Declared) -> None:
        """Keep other settings of a channel that is declared; raises RefusedError (404) when it is not."""
        name = declared.channel.id
        words = json.dumps(definition_of(declared.channel) | {"settled": declared.settled}, ensure_ascii=False)
        if not self._run("UPDATE channel SET definition = ? WHERE name = ? RETURNING name", words, name):
            problem = f"there is no channel “{name}”"
            raise RefusedError(404, problem, "It was taken off meanwhile")
        if self._regions.get(name) != declared.channel.region:
            self._place(declared.channel)

    def _place(self, channel: Channel) -> None:
        self._run("INSERT OR REPLACE INTO region_of_channel VALUES (?, ?)", channel.id, channel.region)
        self._regions[channel.id] = channel.region

    def remove(self, name: ChannelId) -> bool:
        """Take a channel out; False when it was not in."""
        return bool(self._run("DELETE FROM channel WHERE name = ? RETURNING name", name))

    def region(self, name: str) -> str | None:
        """Which region a name belongs to that a channel has, or had: its programmes are still somebody's.

        Empty for the country, None for a name that was never one's. From memory: no disk is waited for.
        """
        return self._regions.get(name)

    def wanted(self) -> dict[str, int]:
        """Channels whose worker runs on this machine, with their revisions: what a supervisor needs to know."""
        return dict(self._run("SELECT name, revision FROM channel WHERE NOT remote ORDER BY name"))

    def channels(self) -> tuple[Declared, ...]:
        """All channels declared that can be read, by name: one that cannot keeps none of the others off air."""
        rows = self._run("SELECT name, definition, revision, remote FROM channel ORDER BY name")
        return tuple(declared for name, *row in rows if (declared := _readable(name, row)) is not None)

    def get(self, name: ChannelId) -> Declared | None:
        """One channel, or None."""
        rows = self._run("SELECT definition, revision, remote FROM channel WHERE name = ?", name)
        return _declared(rows[0]) if rows else None

    def _run(self, statement: str, *values: str | int) -> list[Any]:
        with self._lock, _telling(self._path), closing(self._db.execute(statement, values)) as cursor:
            return cursor.fetchall()


def _readable(name: str, row: Sequence[Any]) -> Declared | None:
    try:
        return _declared(row)
    except UNREADABLE as error:
        _log.error("channel %s is not on air, its definition cannot be read: %r", name, error)
        return None


def _declared(row: Sequence[Any]) -> Declared:
    definition, revision, remote = row
    words = read_json(definition)
    return Declared(
        channel=channel_from(words), revision=revision, remote=bool(remote), settled=settled_of(words),
    )


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """A failing disk or file becomes a ToolError that names it; a key taken twice stays what it is."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (OSError, sqlite3.Error) as error:
        tool = f"the registry {path}"
        raise ToolError(tool, str(error)) from error
