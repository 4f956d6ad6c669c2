"""Files that are whole or not there, below a root that cannot be left."""

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from origin.disk_folder import DiskFolder

PLACE = ("demo", "v720")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DiskFolder]:
    found = DiskFolder(tmp_path / "root")
    found.open()
    yield found
    found.close()


def test_what_was_written_is_read(folder: DiskFolder) -> None:
    folder.write(PLACE, "file", b"bytes")
    folder.write(PLACE, "file", b"other")
    assert folder.read(PLACE, "file") == b"other"
    assert folder.folders() == ["demo"]
    assert folder.folders(("demo",)) == ["v720"]
    assert [(file.name, file.size) for file in folder.files(PLACE)] == [("file", 5)]


def test_what_is_removed_is_gone_and_may_be_removed_again(folder: DiskFolder) -> None:
    folder.write(PLACE, "file", b"bytes")
    folder.remove(PLACE, "file")
    folder.remove(PLACE, "file")
    folder.remove(("nowhere",), "file")
    with pytest.raises(FileNotFoundError):
        folder.read(PLACE, "file")


def test_files_come_oldest_first(folder: DiskFolder, tmp_path: Path) -> None:
    now = time.time()
    for age, name in ((10, "young"), (1000, "old"), (100, "middle"), (-1000, "future")):
        folder.write(PLACE, name, b"")
        path = tmp_path / "root" / "demo" / "v720" / name
        os.utime(path, (now - age,) * 2)
    assert [file.name for file in folder.files(PLACE)] == ["old", "middle", "young", "future"]
    assert [round(now - file.written_ns / 10**9, -1) for file in folder.files(PLACE)] == [1000, 100, 10, 0]


@pytest.mark.parametrize("step", ["", ".", "..", "a/b", "/", "a\0"])
def test_a_name_is_one_step(folder: DiskFolder, step: str) -> None:
    """T-12."""
    with pytest.raises(ValueError, match="not a single name"):
        folder.write(PLACE, step, b"")
    with pytest.raises(ValueError, match="not a single name"):
        folder.read((step,), "file")


def test_links_are_not_followed(folder: DiskFolder, tmp_path: Path) -> None:
    """T-12: neither to read nor to write, neither as a file nor as a folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(b"canary")
    folder.write(PLACE, "other", b"")
    (tmp_path / "root" / "demo" / "v720" / "file").symlink_to(outside / "file")
    (tmp_path / "root" / "demo" / "v720" / ".new.new").symlink_to(outside / "file")
    (tmp_path / "root" / "link").symlink_to(outside)
    for attempt in (
        lambda: folder.read(PLACE, "file"), lambda: folder.write(PLACE, "new", b"x"),
        lambda: folder.read(("link",), "file"), lambda: folder.write(("link",), "file", b"x"),
    ):
        with pytest.raises(OSError, match=r"symbolic|directory") as refusal:
            attempt()
        assert refusal.value.errno in {errno.ELOOP, errno.ENOTDIR}
    assert (outside / "file").read_bytes() == b"canary"
    assert folder.folders() == ["demo"]
    assert [file.name for file in folder.files(PLACE)] == ["other"]


def test_a_full_disk_leaves_neither_a_file_nor_a_fragment(tmp_path: Path) -> None:
    """F-21: the kernel's own full device stands in for the disk."""

    def full(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        os.close(os.open(path, flags, mode, dir_fd=dir_fd))
        return os.open("/dev/full", os.O_WRONLY)

    folder = DiskFolder(tmp_path, opener=full)
    folder.open()
    with pytest.raises(OSError, match="No space") as refusal:
        folder.write(PLACE, "file", b"bytes")
    assert refusal.value.errno == errno.ENOSPC
    assert list((tmp_path / "demo" / "v720").iterdir()) == []
    folder.close()


def test_an_old_file_stays_when_its_successor_cannot_be_written(tmp_path: Path) -> None:
    failing = False

    def opener(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if failing:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return os.open(path, flags, mode, dir_fd=dir_fd)

    folder = DiskFolder(tmp_path, opener=opener)
    folder.open()
    folder.write((), "file", b"old")
    failing = True
    with pytest.raises(OSError, match="Input/output"):
        folder.write((), "file", b"new")
    failing = False
    assert folder.read((), "file") == b"old"
    folder.close()


def test_a_closed_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        DiskFolder(tmp_path).read((), "file")
