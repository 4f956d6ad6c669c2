"""When the last backup was made."""

import logging
from pathlib import Path

import pytest

from desk.backup.last import last_backup, note_backup


def test_it_is_noted(tmp_path: Path) -> None:
    assert last_backup(tmp_path) is None
    note_backup(tmp_path, at_s=17, sealed=True)
    assert last_backup(tmp_path) == 17


def test_a_note_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "backup.json").write_text("[", "ascii")
    assert last_backup(tmp_path) is None


def test_a_directory_that_cannot_be_written_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        note_backup(tmp_path / "none", at_s=17, sealed=True)
    assert "cannot be noted" in caplog.text
