"""The headend asks from a thread, and a database that is gone is found again."""

import asyncio
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.database.errors import DatabaseGoneError
from desk.register.tables import region
from flow.errors import OperatorError


def _count(database: Database) -> int:
    with database.reading() as connection:
        return len(connection.execute(select(region)).all())


async def test_a_question_is_answered_beside_the_loop(tmp_path: Path) -> None:
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}")
    assert await asyncio.gather(door.ask(_count), door.ask(_count)) == [0, 0]
    door.close()


async def test_a_database_that_is_not_there_is_tried_again_with_the_next_question(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "data").touch()
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'data' / 'register.db'}")
    with caplog.at_level(logging.ERROR):
        await door.warm()
    assert "does not answer" in caplog.text
    with pytest.raises(DatabaseGoneError):
        await door.ask(_count)
    (tmp_path / "data").unlink()
    assert await door.ask(_count) == 0
    door.close()


async def test_after_its_end_nothing_is_opened(tmp_path: Path) -> None:
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}")
    door.close()
    with pytest.raises(OperatorError, match="leaving"):
        await door.ask(_count)
    assert list(tmp_path.iterdir()) == []


async def test_one_who_is_opening_it_lets_go_by_himself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}")
    opened: list[Database] = []
    really = Database.open

    def slowly(address: str) -> Database:
        door.close()  # as the loop would, meanwhile; it does not wait
        opened.append(really(address))
        return opened[0]

    monkeypatch.setattr(Database, "open", slowly)
    with pytest.raises(OperatorError, match="leaving"):
        await door.ask(_count)
    assert len(opened) == 1


def test_the_command_line_and_the_headend_do_not_wait_for_sqlalchemy() -> None:
    asked = "import sys, desk.cli, desk.headend, desk.worker_main as _; print({'sqlalchemy'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
