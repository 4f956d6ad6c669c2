"""`xacast worker`."""

from pathlib import Path

import pytest

import desk.commands.worker
from desk.cli import run
from desk.ffmpeg import FFmpeg


def test_it_works_for_the_headends_it_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    found = FFmpeg(path="/f", version="9", lacks=(), srt=True, hevc=True)
    seen: list[object] = []
    monkeypatch.setattr(desk.commands.worker, "find_ffmpeg", lambda _chosen: found)
    monkeypatch.setattr(
        desk.commands.worker, "work",
        lambda name, headends, settings, index, *, joined: seen.extend(
            [name, headends, settings.ffmpeg, joined, index],
        ),
    )
    monkeypatch.setattr(desk.commands.worker, "leave", lambda _status: None)
    assert run(["worker", "hop", "--headend", "http://127.0.0.1:1", "--headend", "http://127.0.0.1:2"]) == 0
    assert seen == ["hop", ("http://127.0.0.1:1", "http://127.0.0.1:2"), "/f", True, 0]
    assert run(["worker", "hop", "--headend", "http://127.0.0.1:1", "--second"]) == 0
    assert seen[-1] == 1


def test_without_a_headend_it_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["worker", "hop"]) == 2
    assert "--headend" in capsys.readouterr().err
