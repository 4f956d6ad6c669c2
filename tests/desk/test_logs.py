"""One event is one line, and nobody waits for it."""

import logging
import queue
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.logs import LONGEST, DroppingHandler, LineFormatter, change_level, one_line, start_logs

pytestmark = pytest.mark.usefixtures("own_logs")


def record(words: str = "words", **more: object) -> logging.LogRecord:
    return logging.LogRecord("room.noun", logging.INFO, "", 0, words, None, more.get("exc_info"))  # type: ignore[arg-type]


@given(st.text())
def test_hostile_words_stay_on_one_line(words: str) -> None:
    """T-33."""
    line = LineFormatter("headend").format(record(words.replace("%", "")))
    assert len(line.splitlines()) == 1
    assert line.isprintable()


def test_a_line_says_when_who_and_what() -> None:
    line = LineFormatter("worker/hop").format(record("on air"))
    assert "INFO" in line
    assert line.endswith("worker/hop room.noun: on air")


def test_a_traceback_follows_on_the_same_line() -> None:
    try:
        raise ValueError("bad")
    except ValueError as error:
        line = LineFormatter("x").format(record(exc_info=(ValueError, error, error.__traceback__)))
    assert "ValueError: bad" in line
    assert "\n" not in line


def test_long_words_are_cut() -> None:
    assert len(one_line("x" * 10_000)) == LONGEST + 1


def test_a_full_queue_drops_and_counts() -> None:
    """F-37: a sink that takes nothing holds nobody up."""
    waiting: queue.Queue[logging.LogRecord] = queue.Queue(2)
    handler = DroppingHandler(waiting)
    for number in range(5):
        handler.handle(record(str(number)))
    assert handler.dropped == 3
    while not waiting.empty():
        waiting.get()
    handler.handle(record("again"))
    assert [waiting.get().getMessage() for _ in range(2)] == ["3 lines lost", "again"]


def test_lines_reach_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listener = start_logs("worker/hop", tmp_path / "log", "error")
    logging.getLogger("desk").error("seen")
    logging.getLogger("desk").info("kept")
    logging.getLogger("desk").debug("not seen")
    listener.stop()
    for handler in listener.handlers:
        handler.close()
    assert (tmp_path / "log" / "worker-hop.log").read_text().count("seen") == 1
    assert (tmp_path / "log" / "worker-hop.log").read_text().count("kept") == 1
    said = capsys.readouterr().err
    assert "seen" in said
    assert "kept" not in said


def test_another_level_holds_from_then_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listener = start_logs("headend", None, "error")
    change_level(listener, "debug")
    logging.getLogger("desk").debug("seen now")
    listener.stop()
    listener.start()
    change_level(listener, "error")
    logging.getLogger("desk").warning("not any more")
    listener.stop()
    said = capsys.readouterr().err
    assert ("seen now" in said, "not any more" in said) == (True, False)


def test_a_folder_that_cannot_be_made_leaves_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "log").write_text("a file")
    start_logs("headend", tmp_path / "log" / "deeper", "info").stop()
    assert "no log file" in capsys.readouterr().err
