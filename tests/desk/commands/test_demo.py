"""`xacast demo`, before anything is started. Its life is in tests/desk/test_line.py."""

import socket
from pathlib import Path
from typing import Any, ClassVar

import pytest

import desk.commands.demo
from desk.cli import run
from desk.costs import Costs
from desk.ffmpeg import FFmpeg


class Shown:
    """Stands for the demonstration: keeps what it was given."""

    given: ClassVar[dict[str, Any]] = {}
    supervisor = type("Supervisor", (), {"interrupted": True})()

    def __init__(self, **words: Any) -> None:
        Shown.given = words

    def run(self) -> None:
        Shown.given["shown"]({"name": "demo", "fresh": True, "state": "live", "alarms": []}, "http://127.0.0.1:1")


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    for name in ("OPERATORS", "MACHINES"):
        monkeypatch.setenv(f"XACAST_{name}", "127.0.0.1:0")
    found = FFmpeg(path="/f", version="9.0.2", lacks=(), srt=True, hevc=True)
    costs = {"conference-720": 1.6, "conference-480": 0.9, "thin": 0.5, "tiny": 0.1}
    monkeypatch.setattr(desk.commands.demo, "find_ffmpeg", lambda _chosen: found)
    monkeypatch.setattr(desk.commands.demo, "cores", lambda: 2)
    monkeypatch.setattr(desk.commands.demo, "Demonstration", Shown)
    monkeypatch.setattr("desk.commands.demo.Assets.load", lambda: None)
    monkeypatch.setattr(Costs, "of", lambda _self, name: costs[name])


def test_it_takes_the_ladder_that_half_the_cores_carry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--port", "0"]) == 130
    assert (Shown.given["ladder"], Shown.given["feed"]) == ("conference-480", "testcard:")
    assert str(Shown.given["settings"].viewers) == "127.0.0.1:0"
    assert Shown.given["settings"].data == tmp_path / "demo"
    said = capsys.readouterr().out
    assert "ladder conference-480: 0.90 of 2 cores" in said
    assert "http://127.0.0.1:1/watch/demo" in said
    assert "http://127.0.0.1:1/live/demo/index.m3u8" in said
    assert said.endswith("Ctrl-C stops everything.\n")


def test_a_file_is_named_from_where_the_operator_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "film.mp4").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk.commands.demo, "check_file", lambda _feed, _ffmpeg: None)
    assert run(["demo", "--port", "0", "--feed", "film.mp4"]) == 130
    assert Shown.given["feed"] == str(tmp_path / "film.mp4")


def test_a_port_in_use_names_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        port = other.getsockname()[1]
        assert run(["demo", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"xacast demo --port {port + 1} (make demo PORT={port + 1})" in said
    assert said.count("\n") == 1
