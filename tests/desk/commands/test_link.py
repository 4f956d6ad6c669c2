"""`xacast link`, over a stand-in for the headend."""

import json
from typing import Any

import pytest

from desk.api_client import ApiClient
from desk.cli import run

LINK = "http://10.0.0.1:8080/t/abc/"
CODES = {
    "codes": {"xa-1": {"code": "ABCD-2345", "address": "http://10.0.0.1:8080/c/ABCD2345"}},
    "until": "2026-11-24T01:02:03.000Z",
}
KNOWN = {"sites": 3, "links": [
    {"site": "xa-1", "link": True, "void_until": None, "devices": 4},
    {"site": "xa-2", "link": False, "void_until": "2026-11-22T01:02:03.000Z", "devices": 9},
]}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def give(_self: ApiClient, words: dict[str, Any]) -> dict[str, str]:
        found.append(words)
        return dict.fromkeys(words["sites"], LINK)

    monkeypatch.setattr(ApiClient, "give_links", give)
    monkeypatch.setattr(ApiClient, "revoke_links", lambda _self, words: found.append(words))
    monkeypatch.setattr(ApiClient, "give_codes", lambda _self, words: found.append(words) or CODES)
    monkeypatch.setattr(ApiClient, "limit_links", lambda _self, words: found.append(words))
    monkeypatch.setattr(ApiClient, "links", lambda _self: KNOWN)
    return found


def test_a_link_is_shown_once_with_a_word_of_that(
    given: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["link", "make", "xa-1", "xa-2", "--why", "new cards"]) == 0
    (words,) = given
    assert (words["sites"], words["why"], bool(words["who"])) == (["xa-1", "xa-2"], "new cards", True)
    said = capsys.readouterr()
    assert said.out.count(LINK) == 2
    assert "again" in said.err
    assert run(["link", "make", "xa-1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"links": {"xa-1": LINK}}


def test_sites_are_shut_out(given: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["link", "revoke", "xa-1"]) == 0
    assert given[0]["sites"] == ["xa-1"]
    assert "xa-1 shut out" in capsys.readouterr().out


def test_codes_are_shown_once(given: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["link", "code", "xa-1"]) == 0
    assert given[0]["sites"] == ["xa-1"]
    said = capsys.readouterr()
    assert said.out.splitlines()[1].split() == ["xa-1", "ABCD-2345", "http://10.0.0.1:8080/c/ABCD2345"]
    assert "one browser, until 2026-11-24 08:02:03+07:00" in said.err  # on the halls' clock
    assert run(["link", "code", "xa-1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == CODES


def test_it_is_said_on_how_many_devices_a_site_watches(
    given: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    for word, devices, told in (("12", 12, "12 at once"), ("usual", None, "as many devices as any site")):
        assert run(["link", "limit", "xa-1", "--devices", word]) == 0
        assert given[-1]["devices"] == devices
        assert told in capsys.readouterr().out
    assert run(["link", "limit", "xa-1", "--devices", "many"]) == 2


def test_who_has_a_link_is_listed(
    given: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run(["link", "list"]) == 0
    said = capsys.readouterr().out
    assert [line.split()[:2] for line in said.splitlines()[1:]] == [["xa-1", "yes"], ["xa-2", "none"]]
    assert run(["link", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == KNOWN
    monkeypatch.setattr(ApiClient, "links", lambda _self: {"sites": 0, "links": []})
    assert run(["link", "list"]) == 0
    assert "xacast link make" in capsys.readouterr().out
