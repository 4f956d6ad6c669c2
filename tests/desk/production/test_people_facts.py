"""Facts of accounts."""

from pathlib import Path

from sqlalchemy import insert

from desk.database.database import Database
from desk.people.tables import account
from desk.production.people_facts import people_facts
from desk.settings import Settings


def test_of_accounts(tmp_path: Path, database_url: str) -> None:
    settings = Settings(data=tmp_path, database_url=database_url)
    database = Database.open(database_url)
    words = {"region": None, "digest": "x", "created_s": 1, "changed_s": 1}
    with database.writing() as connection:
        for name, role, enabled, once in (
            ("admin", "administrator", True, True), ("hoa", "administrator", True, False),
            ("gone", "administrator", False, True), ("lan", "viewer", True, False),
        ):
            connection.execute(insert(account), {
                "name": name, "role": role, "enabled": enabled, "once": once, **words,
            })
    database.close()
    found = people_facts(settings)
    assert found.known
    assert found.administrators == ("admin", "hoa")
    assert found.once == ("admin",)


def test_a_database_that_is_not_there_is_not_known(tmp_path: Path) -> None:
    assert people_facts(Settings(data=tmp_path)).administrators == ()
    (tmp_path / "register.db").write_bytes(b"no database at all" * 100)
    assert not people_facts(Settings(data=tmp_path)).known
