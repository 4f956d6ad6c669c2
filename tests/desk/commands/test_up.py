"""`xacast up`, before anything is started. Its life is in tests/desk/test_line.py."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

import desk.commands.up
from desk.cli import run
from desk.ffmpeg import FFmpeg
from desk.listener import Listener
from desk.lock import Lock
from desk.ports import Ports


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    for name in ("VIEWERS", "OPERATORS", "MACHINES"):
        monkeypatch.setenv(f"XACAST_{name}", "127.0.0.1:0")
    found = FFmpeg(path="/f", version="9", lacks=(), srt=True, hevc=True)
    monkeypatch.setattr(desk.commands.up, "find_ffmpeg", lambda _chosen: found)


def test_a_second_one_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Lock(tmp_path / "run"):
        assert run(["up"]) == 2
    assert "xacast is up already" in capsys.readouterr().err


def test_a_port_in_use_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        monkeypatch.setenv("XACAST_VIEWERS", f"127.0.0.1:{other.getsockname()[1]}")
        assert run(["up"]) == 2
    said = capsys.readouterr().err
    assert "is in use" in said
    assert said.count("\n") == 1


def test_a_machines_listener_beyond_loopback_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-44, T-45."""
    monkeypatch.setenv("XACAST_MACHINES", "0.0.0.0:8070")
    assert run(["up"]) == 2
    assert "TLS" in capsys.readouterr().err


def test_an_interrupted_one_is_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        interrupted = True

        def __init__(self, _settings: object, _source: object) -> None:
            pass

        def run(self, *, opened: Callable[[Ports], None]) -> None:
            assert opened

    monkeypatch.setattr(desk.commands.up, "Supervisor", Interrupted)
    assert run(["up"]) == 130


class Started:
    """A supervisor whose headend has found its ports at once."""

    interrupted = False
    found = Ports(
        viewers=Listener("127.0.0.1", 41_001), operators=Listener("127.0.0.1", 41_002),
        machines=Listener("127.0.0.1", 41_003),
    )

    def __init__(self, _settings: object, _source: object) -> None:
        pass

    def run(
        self, *, ready: Callable[[], None] = lambda: None, opened: Callable[[Ports], None] = lambda _ports: None,
    ) -> None:
        ready()
        opened(self.found)


def test_the_ports_that_were_found_are_told_once_when_any_would_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(desk.commands.up, "Supervisor", Started)
    assert run(["up"]) == 0
    said = capsys.readouterr().out
    assert "viewers    http://127.0.0.1:41001/" in said
    assert "operators  http://127.0.0.1:41002 " in said
    assert ":0" not in said
    assert said.count("viewers") == 1


def test_ports_that_were_chosen_are_told_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    for name, port in {"VIEWERS": 40_001, "OPERATORS": 40_002}.items():
        monkeypatch.setenv(f"XACAST_{name}", f"127.0.0.1:{port}")
    monkeypatch.setattr(desk.commands.up, "Supervisor", Started)
    assert run(["up"]) == 0
    said = capsys.readouterr().out
    assert "viewers    http://127.0.0.1:40001/" in said
    assert said.count("viewers") == 1


def test_in_production_it_does_not_start_with_what_is_not_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """T-44."""
    for key, value in (("DATA", str(tmp_path / "data")), ("PRODUCTION", "yes"), ("LOG", "debug")):
        monkeypatch.setenv(f"XACAST_{key}", value)
    assert run(["up"]) == 2
    said = capsys.readouterr().err
    assert "(debug-log)" in said
    assert "not started" in said
