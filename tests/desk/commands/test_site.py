"""`xacast site`, over a stand-in for the headend."""

import json

import pytest

from desk.cli import run
from desk.register.register_client import RegisterClient
from tests.desk.commands.stand_in import StandIn, standing_in

SITE = {
    "id": "s00004", "name": "Hội trường", "region": "00004", "address": "Phường Ba Đình, Thành phố Hà Nội",
    "kind": "hall", "contact": "Chị Hoa", "phone": "0912", "note": "", "labels": ["moh"], "line_kbps": 0,
    "retired": None, "merged_into": None,
}


@pytest.fixture
def headend(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return standing_in(RegisterClient, SITE, monkeypatch)


def test_a_site_is_added_with_what_was_said_alone(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    headend.answers = [SITE, {"sites": [SITE]}]
    assert run(["site", "add", "Hội trường", "--region", "ba dinh", "--label", "moh", "--label", "x"]) == 0
    told = capsys.readouterr()
    assert "s00004 added: Hội trường, Phường Ba Đình, Thành phố Hà Nội" in told.out
    assert told.err == ""
    (method, path, words), _ = headend.asked
    assert (method, path, words.pop("who") != "") == ("POST", "/api/v1/sites", True)
    assert words == {"name": "Hội trường", "region": "ba dinh", "labels": ["moh", "x"], "why": ""}


def test_a_place_that_has_a_site_already_is_told(
    headend: StandIn, capsys: pytest.CaptureFixture[str],
) -> None:
    other, below = SITE | {"id": "s00004-2"}, SITE | {"id": "s7", "region": "00007"}
    headend.answers = [SITE, {"sites": [SITE, other, below]}]
    assert run(["site", "add", "Hội trường", "--region", "ba dinh"]) == 0
    assert "its region has s00004-2 already" in capsys.readouterr().err


def test_a_change_says_something(headend: StandIn) -> None:
    assert run(["site", "set", "s1"]) == 2
    assert run(["site", "set", "s1", "--note", "", "--line", "4000"]) == 0
    assert headend.asked[0][2]["line_kbps"] == 4_000
    assert headend.asked[0][2]["note"] == ""


def test_sites_move_merge_retire_and_are_shown(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["site", "move", "s1", "Phường Hồng Hà"]) == 0
    assert run(["site", "merge", "s1", "s2", "--into", "s3"]) == 0
    assert run(["site", "retire", "s1", "--undo"]) == 0
    assert run(["site", "show", "s1"]) == 0
    assert [words[:2] for words in headend.asked] == [
        ("PATCH", "/api/v1/sites/s1"), ("POST", "/api/v1/sites/s3/merge"), ("POST", "/api/v1/sites/s1/retire"),
        ("GET", "/api/v1/sites/s1"),
    ]
    assert headend.asked[1][2]["sites"] == ["s1", "s2"]
    assert headend.asked[2][2]["undo"] is True
    said = capsys.readouterr().out
    assert "takes the place of s1, s2" in said
    assert "phone    0912" in said


def test_a_list_is_asked_for_page_by_page(headend: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    headend.answers = [
        {"sites": [SITE], "count": 2, "next": "s00004"},
        {"sites": [{**SITE, "id": "s9", "retired": "2026-11-22T01:00:00.000Z"}], "count": 2, "next": None},
    ]
    assert run(["site", "list", "--province", "Hà Nội", "--retired"]) == 0
    said = capsys.readouterr().out
    assert "hall (retired)" in said
    assert said.endswith("2 sites\n")
    assert "after=s00004" in headend.asked[1][1]
    headend.answers = [{"sites": [SITE], "count": 1, "next": None}]
    assert run(["site", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sites": [SITE], "count": 1}
