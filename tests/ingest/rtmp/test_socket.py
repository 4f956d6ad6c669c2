import stat
from pathlib import Path

import pytest

from ingest.rtmp.socket import call, listen


def test_what_is_said_arrives_and_only_this_user_may_call(tmp_path: Path) -> None:
    """T-45: mode 0600 in a folder of 0700."""
    path = tmp_path / "run" / "rtmp" / "hop-0.sock"
    with listen(path) as door, call(path) as line:
        caller, _ = door.accept()
        with caller:
            line.send(b"picture")
            assert caller.recv(100) == b"picture"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_socket_left_behind_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.sock"
    listen(path).close()
    with pytest.raises(ConnectionRefusedError):
        call(path)
    with listen(path), call(path):
        pass


def test_nobody_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        call(tmp_path / "x.sock")
    with pytest.raises(FileNotFoundError):
        call(tmp_path / "no folder" / "x.sock")


def test_a_deep_folder_and_a_long_name_are_no_hindrance(tmp_path: Path) -> None:
    """A Unix socket's address has 108 bytes."""
    path = tmp_path / ("d" * 120) / f"{'n' * 64}-12.sock"
    with listen(path), call(path):
        assert path.is_socket()


def test_a_place_that_cannot_be_had_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "x.sock").mkdir()
    with pytest.raises(OSError, match=r"x\.sock"):
        listen(tmp_path / "x.sock")
