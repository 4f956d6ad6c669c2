"""Whatever is new outside is seen."""

import logging
import os
import sys
from pathlib import Path

from desk.logs import LineFormatter
from tests.soak.hostile.household import tracebacks, written
from tests.soak.hostile.outside import Grounds, strangers_files


def test_a_new_file_in_any_of_the_grounds_is_told(tmp_path: Path) -> None:
    grounds = Grounds.below(tmp_path)
    (grounds.feeds / "film.mp4").touch()
    placed = frozenset({"film.mp4"})
    shared = strangers_files()
    assert grounds.trespasses(placed, shared) == []
    (grounds.home / ".cache").mkdir()
    (grounds.feeds / "film.log").touch()
    assert grounds.trespasses(placed, shared) == [
        f"{grounds.home / '.cache'} is new", f"{grounds.feeds / 'film.log'} is new",
    ]
    assert grounds.environment["HOME"] == str(grounds.home)


def test_a_file_that_is_open_for_writing_is_told_unless_it_lies_in_the_data(tmp_path: Path) -> None:
    with (tmp_path / "x").open("w"):
        assert [one for one in written(os.getpid(), tmp_path) if str(tmp_path) in one] == []
        assert f"process {os.getpid()} writes to {tmp_path / 'x'}" in written(os.getpid(), tmp_path / "data")


def test_an_error_that_nobody_foresaw_is_found_in_the_logs_as_they_are_written(tmp_path: Path) -> None:
    try:
        raise ValueError
    except ValueError:
        record = logging.LogRecord("ingest", logging.ERROR, "", 1, "feed x", None, sys.exc_info())
    (tmp_path / "worker-a.log").write_text(f"all is well\n{LineFormatter('worker').format(record)}\n")
    (found,) = tracebacks(tmp_path)
    assert found.endswith("feed x")
