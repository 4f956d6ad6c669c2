import threading
from pathlib import Path

import pytest

import desk.event_file
from desk.event_file import EventFile


def test_what_was_appended_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "log" / "events.jsonl"
    file = EventFile(path)
    assert file.read(10) == []
    file.start()
    for at in range(5):
        file.append({"id": at, "vi": "Hình chờ"})
    file.stop()
    assert [one["id"] for one in EventFile(path).read(3)] == [2, 3, 4]
    assert "Hình chờ" in path.read_text("utf-8")


def test_there_are_two_files_at_most(tmp_path: Path) -> None:
    """F-21: the log is bounded."""
    path = tmp_path / "events.jsonl"
    file = EventFile(path, most=1_000)
    file.start()
    for at in range(200):
        file.append({"id": at})
    file.stop()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["events.jsonl", "events.jsonl.1"]
    assert sum(one.stat().st_size for one in tmp_path.iterdir()) <= 2_000
    kept = [one["id"] for one in file.read(500)]
    assert kept == list(range(kept[0], 200))


def test_a_line_that_is_half_written_or_strange_is_passed_over(tmp_path: Path) -> None:
    """F-22."""
    path = tmp_path / "events.jsonl"
    path.write_bytes(b'{"id": 1}\n[]\n{"id": "x"}\n\xff\xfe\n{"id": 2}\n{"id": 3, "ha')
    assert [one["id"] for one in EventFile(path).read(9)] == [1, 2]


def test_a_disk_that_hangs_costs_lines_and_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-37."""
    monkeypatch.setattr(desk.event_file, "WAITING", 2)
    monkeypatch.setattr(desk.event_file, "PARTING", 0.05)
    hung, reached = threading.Event(), threading.Event()
    file = EventFile(tmp_path / "events.jsonl")
    monkeypatch.setattr(file._file, "handle", lambda _: (reached.set(), hung.wait()))
    file.start()
    file.append({"id": 0})
    assert reached.wait(5)
    for at in range(1, 6):
        file.append({"id": at})
    assert file.dropped == 3
    file.stop()
    hung.set()


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-21."""
    monkeypatch.setattr("logging.raiseExceptions", False)
    (tmp_path / "log").write_text("a file in the way")
    file = EventFile(tmp_path / "log" / "events.jsonl")
    file.start()
    file.append({"id": 0})
    file.stop()
    assert file.read(5) == []
