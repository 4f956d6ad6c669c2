"""The headend asks from a thread, and a database that is gone is found again."""

import asyncio
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from desk import api_client
from desk.database import door
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.database.errors import DatabaseGoneError
from desk.register.tables import region, region_level
from flow.errors import OperatorError
from tests.desk.access.register import fill


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

    def slowly(address: str, *, make: bool) -> Database:
        door.close()  # as the loop would, meanwhile; it does not wait
        opened.append(really(address, make=make))
        return opened[0]

    monkeypatch.setattr(Database, "open", slowly)
    with pytest.raises(OperatorError, match="leaving"):
        await door.ask(_count)
    assert len(opened) == 1


def test_the_command_line_and_the_headend_do_not_wait_for_sqlalchemy() -> None:
    asked = "import sys, desk.cli, desk.headend, desk.worker_main as _; print({'sqlalchemy'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


async def test_a_file_that_was_moved_away_takes_no_changes_and_is_found_again(tmp_path: Path) -> None:
    """What is written to a file that has no name any more is lost, and an empty one would shut everybody out."""
    path, trace = tmp_path / "register.db", tmp_path / "schedule.json"
    door = DatabaseDoor(f"sqlite:///{path}", trace=trace)
    await door.ask(fill)
    path.rename(tmp_path / "away.db")
    for work in (_count, fill):
        with pytest.raises(DatabaseGoneError, match=r"register\.db is not where it was"):
            await door.ask(work)
    trace.touch()
    other = DatabaseDoor(f"sqlite:///{path}", trace=trace)  # as after a restart
    with pytest.raises(DatabaseGoneError):
        await other.ask(_count)
    other.close()
    assert not path.exists()
    (tmp_path / "away.db").rename(path)
    assert await door.ask(_count) == 1
    copy = tmp_path / "copy.db"
    Database.open(f"sqlite:///{copy}").close()
    copy.rename(path)  # a backup that somebody puts in its place
    assert await door.ask(_count) == 0
    door.close()


async def test_a_server_that_is_silent_keeps_nobody_waiting_for_ever_and_nothing_is_done_later(
    tmp_path: Path,
) -> None:
    door = DatabaseDoor(f"sqlite:///{tmp_path / 'register.db'}", patience=0.2)
    await DatabaseDoor.warm(door)
    answers = threading.Event()

    def silent(database: Database) -> None:
        with database.writing() as connection:
            connection.execute(insert(region_level).values(depth=0, title_vi="x", title_en="y"))
            answers.wait(10)

    asked = [asyncio.create_task(door.ask(silent)) for _ in range(9)]
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert {str(one).split(";")[0] for one in told} == {
        "the database does not answer: not within 0.2 s. What is on air stays on air",
    }
    assert await asyncio.to_thread(lambda: 1) == 1  # threads that others need are free
    answers.set()
    door._threads.shutdown(wait=True)
    database = Database.open(f"sqlite:///{tmp_path / 'register.db'}")
    with database.reading() as connection:
        assert connection.execute(select(region_level)).all() == []
    database.close()
    door.close()


def test_the_command_line_hears_that_the_database_is_silent() -> None:
    assert door.PATIENCE < api_client.PATIENCE
