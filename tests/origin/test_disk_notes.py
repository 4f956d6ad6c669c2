"""Notes: one whole copy, always."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from origin.disk_folder import DiskFolder
from origin.disk_notes import DiskNotes
from tests.origin.builders import DEMO


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DiskFolder]:
    found = DiskFolder(tmp_path)
    found.open()
    yield found
    found.close()


def test_the_last_notes_are_read(folder: DiskFolder) -> None:
    notes = DiskNotes(folder)
    assert notes.read(DEMO) is None
    for state in (b"first", b"second", b""):
        notes.write(DEMO, state)
        assert notes.read(DEMO) == state


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 16, b"x" * 500])
def test_a_damaged_copy_is_not_believed_and_the_one_before_is(
    folder: DiskFolder, tmp_path: Path, damage: bytes,
) -> None:
    notes = DiskNotes(folder)
    notes.write(DEMO, b"first")
    notes.write(DEMO, b"second")
    (tmp_path / "demo" / "_notes").write_bytes(damage)
    assert notes.read(DEMO) == b"first"


def test_notes_are_readable_when_killed_between_any_two_steps(folder: DiskFolder, tmp_path: Path) -> None:
    """The steps of a write: the old copy steps aside, the new one is written beside it, then takes its name."""
    notes = DiskNotes(folder)
    notes.write(DEMO, b"first")
    folder.rename((DEMO,), "_notes", "_notes.before")
    assert notes.read(DEMO) == b"first"
    (tmp_path / "demo" / "._notes.new").write_bytes(b"half of the new")
    assert notes.read(DEMO) == b"first"
    notes.write(DEMO, b"second")
    assert notes.read(DEMO) == b"second"


def test_a_full_disk_leaves_the_old_notes(tmp_path: Path) -> None:
    """F-21: also when it stays full for many attempts."""
    full = False

    def opener(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if full and flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.open(path, flags, mode, dir_fd=dir_fd)

    folder = DiskFolder(tmp_path, opener=opener)
    folder.open()
    notes = DiskNotes(folder)
    notes.write(DEMO, b"first")
    full = True
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            notes.write(DEMO, b"second")
        assert notes.read(DEMO) == b"first"
    folder.close()
