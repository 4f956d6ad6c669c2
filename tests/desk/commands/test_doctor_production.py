"""`xacast doctor --production` as an operator sees it."""

import json
from pathlib import Path

import pytest

from desk.cli import run


def test_what_is_wrong_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XACAST_LOG", "debug")
    monkeypatch.setenv("XACAST_FFMPEG", "/nowhere/ffmpeg")
    assert run(["doctor", "--production"]) == 2
    said = capsys.readouterr().out
    assert 'debug-log  (does not start with production = "yes")' in said
    assert "no-ffmpeg\n" in said
    assert run(["doctor", "--production", "--json"]) == 2
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["debug-log"]["fatal"] is True
    assert found["no-backup"]["remedy"]


def test_settings_that_cannot_be_read_are_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    (tmp_path / "xacast.toml").write_text("nonsense = 1\n", "ascii")
    monkeypatch.chdir(tmp_path)
    assert run(["doctor", "--production", "--json"]) == 2
    assert [one["name"] for one in json.loads(capsys.readouterr().out)] == ["settings-wrong"]
