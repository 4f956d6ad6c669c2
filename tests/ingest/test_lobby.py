from pathlib import Path

from ingest.lobby import read_lobby, write_lobby
from ingest.measures import THUMB_BYTES


def test_what_was_taught_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "lobby" / "hop-1"
    assert read_lobby(path) is None
    write_lobby(path, b"\x10" * THUMB_BYTES)
    write_lobby(path, b"\x20" * THUMB_BYTES)
    assert read_lobby(path) == b"\x20" * THUMB_BYTES
    assert [one.name for one in path.parent.iterdir()] == ["hop-1"]


def test_a_file_of_another_size_is_no_lobby(tmp_path: Path) -> None:
    """F-22: half a file after a power cut is none."""
    path = tmp_path / "half"
    for size in (0, THUMB_BYTES - 1, THUMB_BYTES + 1):
        path.write_bytes(bytes(size))
        assert read_lobby(path) is None
