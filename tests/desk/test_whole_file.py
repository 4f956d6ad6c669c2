from pathlib import Path

import pytest

from desk.whole_file import write_whole


def test_what_was_there_is_replaced_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_bytes(b"before")
    path.chmod(0o644)
    write_whole(path, b"after")
    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_fails_changes_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-21."""
    def full(_place: int) -> None:
        raise OSError(5, "the disk is gone")

    path = tmp_path / "kept.json"
    path.write_bytes(b"before")
    monkeypatch.setattr("desk.whole_file.os.fsync", full)
    with pytest.raises(OSError, match="the disk is gone"):
        write_whole(path, b"after")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"kept.json": b"before"}
