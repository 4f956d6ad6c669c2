"""The worker's process."""

import signal
import subprocess
import threading
from pathlib import Path

import pytest

from desk.child import command
from desk.worker_main import FAILED, fail, leave


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


def test_a_thread_that_dies_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-01: half a worker keeps no channel dead; the log is written first."""
    deeds: list[object] = []
    monkeypatch.setattr("os._exit", deeds.append)
    words = (LookupError, LookupError("broken"), None, None)
    fail(threading.ExceptHookArgs(words), stop_logs=lambda: deeds.append("log"))
    assert deeds == ["log", FAILED]


def test_a_thread_that_leaves_on_purpose_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    deeds: list[object] = []
    monkeypatch.setattr("os._exit", deeds.append)
    fail(threading.ExceptHookArgs((SystemExit, SystemExit(), None, None)), stop_logs=lambda: None)
    assert deeds == []
