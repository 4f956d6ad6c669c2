"""Brings a database's schema to today's, in the order of the files in `migrations/versions/`.

A migration is one file `NNNN_words.py` with `revision`, `down_revision` and `upgrade()`; they form one line, and
none is ever changed once it was released. All that are due run in one transaction: after a failure the database is
as it was.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from desk.database.errors import DatabaseNewerError

_log = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
"""Where the name of the schema stands; Alembic's own."""


def history() -> ScriptDirectory:
    """All migrations there are."""
    return ScriptDirectory(str(FOLDER))


def revision_of(connection: Connection) -> str | None:
    """The schema that a database has; None when it has none of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def bring_up_to_date(connection: Connection, upto: str | None = None, *, keep: bool = True) -> None:
    """Run what is due, inside the transaction that `connection` is in; raises DatabaseNewerError.

    `upto` names an older schema to stop at; `keep` is whether an SQLite file is copied before it changes.
    """
    context = MigrationContext.configure(connection)
    scripts = history()
    current = context.get_current_revision()
    due = _due(scripts, current, upto)
    if not due:
        return
    if keep and current is not None:
        _keep_copy(connection, current)
    with Operations.context(context):
        for one in due:
            one.module.upgrade()
            context.stamp(scripts, one.revision)
    _log.info("the database has schema %s now", due[-1].revision)


def _due(scripts: ScriptDirectory, current: str | None, upto: str | None) -> list[Script]:
    line = list(scripts.walk_revisions())[::-1]
    known = [one.revision for one in line]
    for one in (current, upto):
        if one is not None and one not in known:
            raise DatabaseNewerError(one)
    begin = 0 if current is None else known.index(current) + 1
    return line[begin:] if upto is None else line[begin:known.index(upto) + 1]


def _keep_copy(connection: Connection, current: str) -> None:
    """An SQLite file as it was, beside it: a server's backups are its owner's."""
    if connection.dialect.name != "sqlite" or not (named := connection.engine.url.database):
        return
    copy = Path(f"{named}.before-{current}")
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    # By SQLite itself: what is in the log beside the file belongs to it. The writer's lock is ours meanwhile.
    with closing(sqlite3.connect(named)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    _log.info("the database's schema %s is kept as %s", current, copy)
