"""`xacast programme list`, `show` and `now`, with a stand-in for the headend."""

import json
from typing import Any

import pytest

from desk.api_client import ApiClient
from desk.cli import run
from desk.errors import RefusedError
from desk.programmes.programme_client import ProgrammeClient
from tests.desk.commands.stand_in import StandIn, standing_in
from tests.desk.commands.test_programme import ONE

ON_AIR = ONE | {"state": "on-air"}


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return standing_in(ApiClient, ONE, monkeypatch)


def shown(
    headend: StandIn, capsys: pytest.CaptureFixture[str], command: list[str], *answers: dict[str, Any],
) -> str:
    headend.answers = list(answers)
    assert run(["programme", *command]) == 0
    return capsys.readouterr().out


def test_a_list_is_on_the_clock_of_the_place(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    one = ONE | {"end": None, "but": ["site:s1"]}
    command = ["list", "--channel", "hop", "--from", "2026-11-24"]
    said = shown(headend, capsys, command, {"programmes": [one]}, {"channels": []})
    assert "2026-11-24 08:00+07:00 until stopped" in said
    assert "all but site:s1" in said
    assert headend.asked[0][1] == "/api/v1/programmes?channel=hop&from=2026-11-24"
    assert json.loads(shown(headend, capsys, ["list", "--json"], {"programmes": []})) == {"programmes": []}


@pytest.mark.parametrize(("running", "off"), [([], True), ([{"name": "hop"}], False)])
def test_what_is_on_air_on_a_channel_that_is_off_is_not_on_air(
    headend: StandIn, capsys: pytest.CaptureFixture[str], running: list[dict[str, str]], off: bool,
) -> None:
    said = shown(headend, capsys, ["list"], {"programmes": [ON_AIR]}, {"channels": running})
    assert ("on-air (channel off)" in said) is off


def test_one_is_shown_with_what_is_handed_out(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    papers = {"documents": [{"title": "Tài liệu", "kind": "pdf", "number": 1, "size": 9}]}
    said = shown(headend, capsys, ["show", "p1"], ONE, papers)
    assert "rehearsal   15 min" in said
    assert "handed out  Tài liệu (pdf)" in said


def test_what_is_now_is_said(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    now = {"state": "on-air", "programme": ONE, "following": None, "changes": None}
    assert shown(headend, capsys, ["now", "hop"], now).startswith("hop: on-air\nit is p1 “Giao ban”")


def test_a_channel_that_never_was_is_no_idle_one(
    headend: StandIn, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_self: ProgrammeClient, _name: str) -> dict[str, Any]:
        problem = "there is no channel"
        raise RefusedError(404, problem, "Start one")

    headend.usual = {"state": "idle", "programme": None, "following": None, "changes": None}
    assert run(["programme", "now", "hop"]) == 0
    monkeypatch.setattr(ProgrammeClient, "channel", none)
    assert run(["programme", "now", "hopp"]) == 2
    assert "there is no channel “hopp”" in capsys.readouterr().err
