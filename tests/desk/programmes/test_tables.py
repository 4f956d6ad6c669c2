"""The programmes' tables hold together by themselves."""

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from desk.database.database import Database
from desk.programmes.programme_store import ProgrammeStore
from desk.programmes.tables import programme, programme_document, programme_rule
from tests.desk.programmes.some import DAY, a_programme


def test_a_programme_takes_its_rules_and_documents_with_it(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    with database.writing() as connection:
        ProgrammeStore(connection).add([a_programme("p0", documents=("a.pdf",))], DAY)
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(programme_document).values(programme=9, place=0, name="a.pdf"))
    with database.writing() as connection:
        connection.execute(delete(programme))
        assert connection.execute(select(programme_rule)).all() == []
        assert connection.execute(select(programme_document)).all() == []
    database.close()
