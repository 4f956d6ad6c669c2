"""Who may read and write a file."""

import os
from pathlib import Path

import pytest

from desk.production.mode import open_to_all, open_to_read, open_to_write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "f"
    file.touch(0o600)
    return file


def test_a_file_of_its_owner_alone_is_closed(path: Path) -> None:
    for one in (path, path.parent / "none"):
        assert [look(one) for look in (open_to_all, open_to_read, open_to_write)] == [False] * 3


def test_one_that_others_write_is_open(path: Path) -> None:
    path.chmod(0o620)
    assert open_to_write(path)
    assert not open_to_all(path)
    path.chmod(0o602)
    assert open_to_all(path)


def test_who_can_write_its_folder_can_put_another_in_its_place(path: Path) -> None:
    path.parent.chmod(0o777)
    assert open_to_write(path)
    path.parent.chmod(0o1777)  # as /tmp: only its owner can
    assert not open_to_write(path)


def test_our_own_group_may_read_what_is_roots(path: Path) -> None:
    path.chmod(0o640)
    assert not open_to_read(path)
    path.chmod(0o604)
    assert open_to_read(path)
    if os.geteuid() == 0:
        os.chown(path, 0, 12_345)
        path.chmod(0o640)
        assert open_to_read(path)
