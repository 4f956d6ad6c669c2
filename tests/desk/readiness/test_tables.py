"""The table holds together by itself."""

from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from desk.database.database import Database
from desk.readiness.tables import site_test


def test_no_test_is_without_a_programme(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    values = {"picture": True, "sound": True, "rate_kbps": 1, "need_kbps": 1, "at_s": 1}
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(site_test).values(programme=9, site="a", **values))
    database.close()
