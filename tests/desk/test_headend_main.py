"""The headend's process."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from desk.child import command
from desk.headend_main import main
from desk.ports import Ports

LOOPBACK = {f"XACAST_{name}": "127.0.0.1:0" for name in ("VIEWERS", "OPERATORS", "MACHINES")}


def test_it_comes_up_and_ends_on_sigterm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in {**LOOPBACK, "XACAST_DATA": str(tmp_path), "XACAST_LOG": "error"}.items():
        monkeypatch.setenv(key, value)
    with subprocess.Popen(command("desk.headend_main")) as process:
        while Ports.read(tmp_path / "run") is None:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_what_the_operator_can_mend_is_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    for key, value in {**LOOPBACK, "XACAST_DATA": str(tmp_path)}.items():
        monkeypatch.setenv(key, value)
    (tmp_path / "xacast.db").write_bytes(b"no database " * 100)
    assert main([]) == 2
    assert "xacast: the registry" in capsys.readouterr().err
