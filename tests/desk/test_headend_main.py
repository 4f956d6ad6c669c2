"""The headend's process."""

import io
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desk.child import command
from desk.headend_main import main
from desk.ports import Ports
from desk.settings import Settings

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


def test_what_is_secret_comes_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-11."""
    seen: list[Settings] = []

    def live(_name: str, settings: Settings, _life: object) -> int:
        seen.append(settings)
        return 0

    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"event_address": "https://h.example/hook"}'))
    monkeypatch.setattr("desk.headend_main.live", live)
    assert main(["--secrets"]) == 0
    assert seen[0].event_address == "https://h.example/hook"


def test_what_the_operator_can_mend_is_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    for key, value in {**LOOPBACK, "XACAST_DATA": str(tmp_path)}.items():
        monkeypatch.setenv(key, value)
    (tmp_path / "xacast.db").write_bytes(b"no database " * 100)
    assert main([]) == 2
    assert "xacast: the registry" in capsys.readouterr().err
