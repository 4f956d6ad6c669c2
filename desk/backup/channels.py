"""The channels that are declared, as lines; in clear only those without a secret. Beside them whose each name is,
also of one that was stopped: its programmes are still somebody's."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from desk.registry import Registry
from desk.secrets import written_out
from flow.errors import ToolError

_COLUMNS = ("name", "revision", "remote", "definition")
_PLACES = ("name", "region")
_HAS_REGIONS = "SELECT 1 FROM sqlite_master WHERE name = 'region_of_channel'"
_REGIONS = "SELECT name, region FROM region_of_channel ORDER BY name"


def channels_of(registry: Path, *, secrets: bool) -> tuple[bytes, tuple[str, ...]]:
    """All channels as JSON lines, and the names of those left out: without `secrets`, those that have any.

    Raises ToolError when the registry cannot be read.
    """
    if not registry.exists():
        return b"", ()
    try:
        with closing(sqlite3.connect(f"{registry.as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(f"SELECT {', '.join(_COLUMNS)} FROM channel ORDER BY name").fetchall()  # noqa: S608
            places = database.execute(_REGIONS).fetchall() if database.execute(_HAS_REGIONS).fetchone() else []
    except sqlite3.Error as error:
        raise ToolError(tool=f"the registry {registry}", detail=str(error)) from error
    left = tuple(row[0] for row in rows if not secrets and _has_secret(row[3]))
    kept = [row for row in rows if row[0] not in left] + places  # whose a name is, is no secret
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in kept]
    return "".join(lines).encode(), left


def _has_secret(definition: str) -> bool:
    """What cannot be read may hold one."""
    try:
        feeds = json.loads(definition)["feeds"]
        return any(written_out(feed["address"]) for feed in feeds)
    except (ValueError, KeyError, TypeError):
        return True


def rows_in(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of `channels_of`, of either length; raises ValueError."""
    rows = [tuple(json.loads(line)) for line in content.splitlines()]
    if any(len(row) not in (len(_COLUMNS), len(_PLACES)) for row in rows):
        message = "no channels"
        raise ValueError(message)
    return rows


def count_in(content: bytes) -> int:
    """How many channels are declared there; raises ValueError."""
    return sum(len(row) == len(_COLUMNS) for row in rows_in(content))


def _region_of(definition: str) -> str:
    """What a channel says of itself: backups of before names had regions beside them."""
    try:
        return str(json.loads(definition).get("region", ""))
    except (ValueError, AttributeError):
        return ""


def keep_channels(registry: Path, rows: list[tuple[Any, ...]]) -> None:
    """Make a registry of them; raises ToolError."""
    Registry(registry).close()
    declared = [row for row in rows if len(row) == len(_COLUMNS)]
    said = [(row[0], _region_of(row[3])) for row in declared]
    places = said + [row for row in rows if len(row) == len(_PLACES)]  # what was kept beside them holds
    try:
        with closing(sqlite3.connect(registry)) as database, database:
            database.executemany("INSERT INTO channel VALUES (?, ?, ?, ?)", declared)
            database.executemany("INSERT OR REPLACE INTO region_of_channel VALUES (?, ?)", places)
    except sqlite3.Error as error:
        raise ToolError(tool=f"the registry {registry}", detail=str(error)) from error
