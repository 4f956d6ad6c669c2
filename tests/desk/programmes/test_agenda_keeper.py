"""The agenda in memory, over a database that may be taken away."""

import shutil
from pathlib import Path

from desk.database.door import DatabaseDoor
from desk.documents.document_store import DocumentStore
from desk.programmes.agenda_keeper import AgendaKeeper
from flow.ids import ChannelId
from tests.desk.documents.test_document_store import ONE
from tests.desk.programmes.filled import a_database, add
from tests.desk.programmes.some import DAY, at

HOP = ChannelId("hop")


async def test_what_was_known_is_told_with_the_database_gone(tmp_path: Path) -> None:
    folder = tmp_path / "db"
    address = f"sqlite:///{folder / 'register.db'}"
    door = DatabaseDoor(address)
    now = at("08:00")
    keeper = AgendaKeeper(door, now=lambda: now, used=lambda: True)
    database = a_database(address)
    (name,) = add(database, audience="locality:01")
    with database.writing() as connection:
        DocumentStore(connection).add(name, ONE, DAY)
    await keeper.look()
    database.close()
    shutil.rmtree(folder)
    await keeper.look()
    assert [one.title for one in keeper.coming("s00004")] == ["Giao ban"]
    assert [one.title for one in keeper.documents("s00004", HOP)] == ["Báo cáo"]
    assert keeper.documents("s00004", ChannelId("yte")) == []
    assert keeper.documents("s19", HOP) == []
    assert keeper.coming("s19") == []
    door.close()


async def test_without_a_database_none_is_made(tmp_path: Path) -> None:
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}")
    await AgendaKeeper(door, now=lambda: DAY, used=lambda: False).look()
    assert list(tmp_path.iterdir()) == []
    door.close()
