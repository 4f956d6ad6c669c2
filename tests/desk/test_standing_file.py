"""What an operator has set outlives everything."""

import os
import stat
from pathlib import Path

import pytest

from desk.standing_file import StandingFile


def test_a_cut_is_known_after_a_power_cut_and_forgotten_when_released(tmp_path: Path) -> None:
    StandingFile(tmp_path / "standing").write("hop", {"mode": "cut", "feed": 0})
    again = StandingFile(tmp_path / "standing")
    assert again.read("hop") == {"mode": "cut", "feed": 0}
    assert again.read("thu") is None
    again.write("hop", None)
    assert again.read("hop") is None
    assert list((tmp_path / "standing").iterdir()) == []


def test_it_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-22: a power cut leaves what stood before, or what stands now, and nothing half."""
    done = list[str]()
    sync, rename = os.fsync, Path.replace

    def synced(file: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "file")
        sync(file)

    def renamed(path: Path, target: Path) -> Path:
        done.append("name")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    standing = StandingFile(tmp_path)
    standing.write("hop", {"mode": "cut"})
    standing.write("hop", None)
    standing.write("hop", None)
    assert done == ["file", "name", "folder", "folder"]


@pytest.mark.parametrize("text", ["", "no json", "[1]"])
def test_what_cannot_be_read_stands_for_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "hop.json").write_text(text)
    assert StandingFile(tmp_path).read("hop") is None


def test_a_disk_that_refuses_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """F-21."""
    (tmp_path / "file").touch()
    StandingFile(tmp_path / "file").write("hop", {"mode": "cut"})
    assert "cannot be kept" in caplog.text
