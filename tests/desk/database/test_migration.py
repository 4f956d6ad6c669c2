"""Migrations are one line, lead to the tables that the code declares, and spoil nothing."""

from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, insert, select, text, update
from sqlalchemy.pool import NullPool

from desk.database import migration
from desk.database.database import Database
from desk.database.errors import DatabaseNewerError
from desk.database.metadata import METADATA
from desk.database.migration import FOLDER, history
from desk.register.tables import region_level
from tests.house.repository import ROOT

LEVEL = {"depth": 0, "title_vi": "trung ương", "title_en": "centre"}


def test_migrations_lead_to_the_tables_that_are_declared(database_url: str) -> None:
    for path in sorted((ROOT / "desk").rglob("tables.py")):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    database = Database.open(database_url)
    with database.reading() as connection:
        strictly = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=strictly)
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_migrations_form_one_line_in_the_order_of_their_names() -> None:
    scripts = history()
    assert len(scripts.get_heads()) == 1
    line = [one.revision for one in scripts.walk_revisions()][::-1]
    assert line == [path.name[:4] for path in sorted((FOLDER / "versions").glob("*.py"))]


def test_a_newer_schema_is_refused_and_left_alone(database_url: str) -> None:
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(DatabaseNewerError, match="written by a newer xacast") as told:
        Database.open(database_url)
    assert told.value.revision == "9999"


def _with_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, upgrade: str) -> None:
    """As if a later version had one more migration."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for path in (FOLDER / "versions").glob("*.py"):
        (folder / "versions" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    head = history().get_current_head()
    (folder / "versions" / "9000_more.py").write_text(
        f"from alembic import op\nrevision = '9000'\ndown_revision = '{head}'\ndef upgrade():\n    {upgrade}\n",
    )
    monkeypatch.setattr(migration, "FOLDER", folder)


def test_an_sqlite_file_is_copied_before_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.db"
    database = Database.open(f"sqlite:///{path}")
    assert list(tmp_path.glob("*.before-*")) == []  # a new one has nothing to lose
    with database.writing() as connection:
        connection.execute(insert(region_level).values(LEVEL))
    head = history().get_current_head()
    _with_another(tmp_path, monkeypatch, "op.execute('DELETE FROM region_level')")
    database.close()
    database = Database.open(f"sqlite:///{path}")
    with database.reading() as connection:
        assert connection.execute(select(region_level)).all() == []
    database.close()
    copy = tmp_path / f"register.db.before-{head}"
    assert copy.stat().st_mode & 0o777 == 0o600
    kept = create_engine(f"sqlite:///{copy}", poolclass=NullPool)
    with kept.connect() as connection:
        assert connection.execute(select(region_level.c.title_en)).scalars().all() == ["centre"]


def test_a_migration_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str,
) -> None:
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(insert(region_level).values(LEVEL))
        connection.execute(update(region_level).values(title_vi="t"))
    database.close()
    head = history().get_current_head()
    _with_another(tmp_path, monkeypatch, "op.execute('CREATE TABLE more (id INTEGER)'); raise RuntimeError('no')")
    with pytest.raises(RuntimeError):
        Database.open(database_url)
    monkeypatch.undo()
    database = Database.open(database_url)
    with database.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == head
        assert connection.execute(select(region_level.c.title_vi)).scalar() == "t"
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE more (id INTEGER)"))  # it is not there
    database.close()
