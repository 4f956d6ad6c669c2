"""`xacast preview` and `xacast feed`, over a stand-in for the headend."""

import base64
from pathlib import Path
from typing import Any

import pytest

from desk.api_client import ApiClient
from desk.cli import run


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    given: list[dict[str, Any]] = []

    def order(_self: ApiClient, _name: str, words: dict[str, Any]) -> dict[str, Any]:
        given.append(words)
        return {"tick": 0, "jpeg": base64.b64encode(b"a picture").decode()}

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ApiClient, "order", order)
    feeds = [{"shown": "testcard:"}, {"shown": "srt://10.0.0.5:9000"}]
    monkeypatch.setattr(ApiClient, "channel", lambda _self, _name: {"feeds": feeds})
    return given


def test_a_preview_is_saved(
    orders: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["preview", "hop", "2"]) == 0
    assert (tmp_path / "hop-2.jpg").read_bytes() == b"a picture"
    assert capsys.readouterr().out == "hop-2.jpg\n"
    assert (orders[0]["do"], orders[0]["feed"]) == ("preview", 1)
    assert run(["preview", "hop", "testcard", "--out", "look.jpg"]) == 0
    assert (tmp_path / "look.jpg").exists()


def test_a_place_that_cannot_be_written_is_told(
    orders: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["preview", "hop", "1", "--out", "no/such/folder.jpg"]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_lobby_picture_is_learned_and_forgotten(
    orders: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["feed", "learn-lobby", "hop", "10.0.0.5"]) == 0
    assert run(["feed", "forget-lobby", "hop", "2"]) == 0
    assert [words["do"] for words in orders] == ["learn-lobby", "forget-lobby"]
    assert "srt://10.0.0.5:9000" in capsys.readouterr().out


def test_a_lobby_picture_that_moves_is_doubted(
    orders: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-18: it would never be seen again."""
    monkeypatch.setattr(ApiClient, "order", lambda _self, _name, _words: {"tick": 0, "moves": True})
    assert run(["feed", "learn-lobby", "hop", "2"]) == 0
    said = capsys.readouterr()
    assert "counts as no picture" in said.out
    assert "it moves" in said.err
    assert "xacast feed forget-lobby hop 2" in said.err


def test_a_feed_in_quarantine_is_tried_again(
    orders: list[dict[str, Any]], capsys: pytest.CaptureFixture[str],
) -> None:
    """F-03: the operator's way out."""
    assert run(["feed", "retry", "hop", "2"]) == 0
    assert (orders[0]["do"], orders[0]["feed"]) == ("retry", 1)
    assert "feed 2 (srt://10.0.0.5:9000) of hop is tried again" in capsys.readouterr().out


@pytest.mark.parametrize("words", [
    ("preview",), ("feed", "learn-lobby"), ("feed", "forget-lobby"), ("feed", "retry"),
])
def test_whatever_is_asked_of_a_feed_takes_a_reason(orders: list[dict[str, Any]], words: tuple[str, ...]) -> None:
    assert run([*words, "hop", "2", "--why", "thử máy"]) == 0
    assert [(one["do"], one["why"]) for one in orders] == [(words[-1], "thử máy")]
    assert orders[0]["who"]


def test_an_address_is_let_in_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shut_out, reasons = {"10.0.0.5", "10.9.9.9"}, list[str]()

    def unban(_self: ApiClient, address: str, said: dict[str, Any]) -> list[str]:
        reasons.append(said["why"])
        lifted = sorted({address} & shut_out if address else shut_out)
        shut_out.difference_update(lifted)
        return lifted

    monkeypatch.setattr(ApiClient, "unban", unban)
    assert run(["feed", "unban", "10.0.0.5", "--why", "đã sửa khóa"]) == 0
    assert run(["feed", "unban"]) == 0
    assert run(["feed", "unban"]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "10.0.0.5 may knock at the RTMP door again"
    assert second.startswith("10.9.9.9 may")
    assert third == "nobody was shut out"
    assert reasons == ["đã sửa khóa", "", ""]
