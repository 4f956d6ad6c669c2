"""`xacast set`."""

import getpass
from pathlib import Path
from typing import Any

import pytest

from desk.api_client import ApiClient
from desk.cli import run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, dict[str, Any]]]:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    monkeypatch.setattr(getpass, "getuser", lambda: "lan")
    made: list[tuple[str, dict[str, Any]]] = []

    def change(_self: ApiClient, name: str, words: dict[str, Any]) -> dict[str, Any]:
        made.append((name, words))
        return {"loudness": None, "delay_ms": 400, "window_s": 7_200, "feeds": [{"trim_ms": 0}, {"trim_ms": -80}]}

    monkeypatch.setattr(ApiClient, "change", change)
    return made


def test_what_is_said_is_sent_and_what_holds_now_is_told(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["set", "hop", "--loudness", "off", "--trim", "2=-80"]) == 0
    assert asked == [("hop", {"loudness": "off", "each": {"trim": ["2=-80"]}, "who": "lan"})]
    assert "speech as it comes, feeds shown after 400 ms, feed 2 trimmed by -80 ms" in capsys.readouterr().out


def test_a_window_is_sent_as_it_is_said(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["set", "hop", "--window", "2h"]) == 0
    assert asked == [("hop", {"window": "2h", "who": "lan"})]
    assert "viewers go back 2h" in capsys.readouterr().out


def test_nothing_said_changes_nothing(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["set", "hop"]) == 2
    assert "--loudness, --delay, --window or --trim" in capsys.readouterr().err
    assert asked == []
