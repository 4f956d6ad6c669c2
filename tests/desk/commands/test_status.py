"""`xacast status`."""

import json
from pathlib import Path
from typing import Any

import pytest

import desk.commands.status
from desk.api_client import ApiClient
from desk.cli import run
from desk.errors import NotRunningError
from tests.desk.samples import worker_status
from tests.desk.test_status_text import VIEWERS, of


@pytest.fixture(autouse=True)
def _headend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    one = of(worker_status())
    monkeypatch.setattr(ApiClient, "channels", lambda _self: {"viewers": VIEWERS, "channels": [one]})
    monkeypatch.setattr(ApiClient, "channel", lambda _self, _name: one)


def test_all_channels_or_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status"]) == 0
    assert capsys.readouterr().out.startswith("CHANNEL")
    assert run(["status", "hop"]) == 0
    assert f"{VIEWERS}/watch/hop" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["status", "--json"], ["status", "hop", "--json"]])
def test_programs_get_one_line_of_json(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert json.loads(said)


def test_watching_goes_on_until_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    rounds: list[float] = []

    def sleep(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(desk.commands.status.time, "sleep", sleep)
    assert run(["status", "--watch"]) == 130
    assert capsys.readouterr().out.count("CHANNEL") == 2


def test_without_a_headend_the_way_out_is_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_self: Any) -> None:
        raise NotRunningError("127.0.0.1:8090")

    monkeypatch.setattr(ApiClient, "channels", fail)
    assert run(["status"]) == 2
    assert "xacast up" in capsys.readouterr().err


def test_a_name_that_cannot_be_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "../x"]) == 2
    assert "cannot be a channel's name" in capsys.readouterr().err
