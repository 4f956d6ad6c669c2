"""`xacast operator`, with a stand-in for the headend."""

import json

import pytest

from desk.api_client import ApiClient
from desk.cli import run
from tests.desk.commands.stand_in import StandIn, standing_in

LAN = {
    "name": "lan", "role": "director", "region": "01", "enabled": True, "once": False, "locked_s": 0,
    "sessions": 2,
}
URL = "/api/v1/accounts"


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return standing_in(ApiClient, dict(LAN), monkeypatch)


def test_a_new_account_s_password_is_shown_once(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    headend.answers = [{**LAN, "once": True, "sessions": 0, "password": "abcde-fghjk"}]
    assert run(["operator", "add", "lan", "--role", "director", "--region", "Hà Nội", "--why", "new"]) == 0
    told = capsys.readouterr()
    assert "abcde-fghjk" in told.out
    assert "lan: director of 01, first password not used yet, not signed in" in told.out
    method, path, words = headend.asked[0]
    assert (method, path, words["role"], words["region"]) == ("POST", URL, "director", "Hà Nội")
    assert "password" not in words


@pytest.mark.parametrize(("command", "asked"), [
    (["show", "lan"], ("GET", f"{URL}/lan", {})),
    (["change", "lan", "--role", "viewer"], ("PATCH", f"{URL}/lan", {"role": "viewer"})),
    (["change", "lan", "--region", "country"], ("PATCH", f"{URL}/lan", {"region": ""})),
    (["disable", "lan"], ("PATCH", f"{URL}/lan", {"enabled": False})),
    (["enable", "lan"], ("PATCH", f"{URL}/lan", {"enabled": True})),
    (["unlock", "lan"], ("POST", f"{URL}/lan/unlock", {})),
])
def test_each_command_asks_for_one_thing(
    headend: StandIn, capsys: pytest.CaptureFixture[str], command: list[str],
    asked: tuple[str, str, dict[str, object]],
) -> None:
    assert run(["operator", *command]) == 0
    assert "lan: director of 01, signed in 2 times" in capsys.readouterr().out
    method, path, *words = headend.asked[0]
    given = {key: one for key, one in (words[0] if words else {}).items() if key not in {"who", "why"}}
    assert (method, path, given) == asked


def test_a_list_says_who_is_locked_and_who_is_out(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    headend.usual = {"accounts": [
        LAN, {**LAN, "name": "mai", "region": "", "locked_s": 61}, {**LAN, "name": "ha", "enabled": False},
    ]}
    assert run(["operator", "list"]) == 0
    told = capsys.readouterr().out
    assert "locked for 2 min" in told
    assert "disabled" in told
    assert "the country" in told
    assert run(["operator", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["accounts"]) == 3
    headend.usual = {"accounts": []}
    assert run(["operator", "list"]) == 0
    assert "operator add" in capsys.readouterr().out
