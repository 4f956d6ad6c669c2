"""The worker's process."""

import signal
import subprocess
from pathlib import Path

import pytest

from desk.child import command
from desk.worker_main import leave


def test_without_a_headend_it_asks_on_and_ends_on_sigterm(
    tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    argv = command("desk.worker_main", "hop", "--headend", f"http://127.0.0.1:{unused_tcp_port}")
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "does not answer" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_it_leaves_at_once_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    monkeypatch.setattr("os._exit", left.append)
    leave(3)
    assert left == [3]
