"""One supervisor for one data directory."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.lock import Lock
from flow.errors import OperatorError

HOLDER = """
import sys, time
from pathlib import Path
from desk.lock import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_one_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    run = tmp_path / "run"
    with Lock(run), pytest.raises(OperatorError, match=f"process {os.getpid()}"), Lock(run):
        pass


def test_it_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with Lock(tmp_path / "run"):
            pass


def test_a_full_disk_keeps_nobody_from_holding_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do about the disk is said by who looks how full it is."""
    def full(_file: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with Lock(tmp_path / "run"), pytest.raises(OperatorError, match="process unknown"), Lock(tmp_path / "run"):
        pass


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(OperatorError, match=f"process {holder.pid}"), Lock(tmp_path):
            pass
        holder.kill()
    with Lock(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_an_operators_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OperatorError, match="cannot be written"), Lock(tmp_path / "file" / "run"):
        pass
