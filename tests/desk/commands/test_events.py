"""`xacast events`."""

import json
from pathlib import Path
from typing import Any

import pytest

import desk.commands.events
from desk.api_client import ApiClient
from desk.cli import run
from desk.errors import NotRunningError
from desk.event_text import EventWords
from desk.local_time import local_time
from desk.programmes.times import zone_of
from tests.desk.samples import event

WORDS = EventWords.load()


def record(number: int) -> dict[str, Any]:
    return {"id": number, **WORDS.record(event(1_795_309_323_000_000_000 + number))}


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, int | None]]:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    calls: list[tuple[str, int | None]] = []

    def events(_self: Any, channel: str, *, after: int | None = None) -> dict[str, Any]:
        calls.append((channel, after))
        if len(calls) == 2:
            raise NotRunningError("127.0.0.1:8090")
        known = after or 0
        return {"events": [record(known + 1)], "last": known + 1}

    monkeypatch.setattr(ApiClient, "events", events)
    return calls


def test_each_event_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["events"]) == 0
    when = local_time("2026-11-22T01:02:03Z", zone_of("Asia/Ho_Chi_Minh"))
    assert capsys.readouterr().out == f"{when} ‼ hop: The slate is on air: it is lost\n"


def test_one_channel_in_vietnamese(
    asked: list[tuple[str, int | None]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["events", "hop", "--vi"]) == 0
    assert "Hình chờ lên sóng" in capsys.readouterr().out
    assert asked == [("hop", None)]


def test_programs_get_lines_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == record(1)


def test_following_goes_on_over_a_headend_that_is_away(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[str, int | None]], capsys: pytest.CaptureFixture[str],
) -> None:
    def sleep(_seconds: float) -> None:
        if len(asked) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(desk.commands.events.time, "sleep", sleep)
    assert run(["events", "--follow"]) == 130
    assert asked == [("", None), ("", 1), ("", 1)]
    assert capsys.readouterr().out.count("The slate is on air") == 2


def test_a_channel_that_nobody_ever_heard_of_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(ApiClient, "events", lambda *_a, **_k: {"events": [], "last": 0})
    monkeypatch.setattr(ApiClient, "channels", lambda _self: {"channels": [{"name": "hop"}]})
    assert run(["events", "nix"]) == 2
    assert "there is no channel nix" in capsys.readouterr().err
    assert run(["events", "hop"]) == 0


def test_a_name_that_cannot_be_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """T-12."""
    assert run(["events", "../x"]) == 2
    assert "cannot be a channel's name" in capsys.readouterr().err
