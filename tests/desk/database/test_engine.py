"""Addresses, and the settings without which neither engine is safe."""

from pathlib import Path

import pytest

from desk.database.database import Database
from desk.database.engine import engine_for
from flow.errors import OperatorError


@pytest.mark.parametrize("address", [
    "", "canary", "mysql://hoa:canary@host/db", "sqlite://", "sqlite:///:memory:", "postgresql://hoa:canary@host:x/db",
])
def test_other_addresses_are_refused_without_being_shown(address: str) -> None:
    """T-11."""
    with pytest.raises(OperatorError, match="no address of a database") as told:
        engine_for(address)
    assert "canary" not in str(told.value)


def test_sqlite_is_safe_and_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "register.db"
    database = Database.open(f"sqlite:///{path}")
    with database.reading() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        ]
    assert settings == ["wal", 2, 1, 0]
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    database.close()


def test_an_engine_shows_no_password() -> None:
    """T-11."""
    engine = engine_for("postgresql://hoa:canary-12ab@10.0.0.5/register")
    assert "canary" not in repr(engine)
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()
