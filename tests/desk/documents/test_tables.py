"""The table holds together by itself."""

from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from desk.database.database import Database
from desk.documents.tables import programme_file


def test_no_file_is_without_a_programme(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    words = {"title": "a", "title_en": "", "ending": "pdf", "digest": "ab"}
    values = {"programme": 9, "size": 1, "added_s": 1, **words}
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(programme_file).values(values))
    database.close()
