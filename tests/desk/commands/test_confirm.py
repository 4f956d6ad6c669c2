"""`xacast confirm`, with a stand-in for the headend."""

import json

import pytest

from desk.api_client import ApiClient
from desk.cli import run
from tests.desk.commands.stand_in import StandIn, standing_in

ONE = {
    "number": 7, "who": "lan", "what": "POST /api/v1/channels/{name}/commands", "channel": "hop",
    "asked": {"do": "take", "feed": 1, "layout": ""}, "left_s": 42, "mine": False,
}


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return standing_in(ApiClient, {"waiting": [ONE]}, monkeypatch)


def test_what_waits_is_shown(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["confirm"]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("7", "lan", "hop", '{"do": "take", "feed": 1}', "42 s"))
    assert run(["confirm", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"waiting": [ONE]}
    headend.usual = {"waiting": []}
    assert run(["confirm"]) == 0
    assert "nothing waits" in capsys.readouterr().out


def test_a_number_is_confirmed(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    """T-37."""
    headend.usual = {"confirmed": 7, "who": "lan", "channel": "hop"}
    assert run(["confirm", "7", "--why", "agreed"]) == 0
    assert "what lan asked of hop" in capsys.readouterr().out
    method, path, words = headend.asked[0]
    assert (method, path, words["why"]) == ("POST", "/api/v1/confirmations/7", "agreed")
