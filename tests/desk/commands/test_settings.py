"""`xacast set`."""

import getpass
from pathlib import Path
from typing import Any

import pytest

import desk.commands.settings
from desk.api_client import ApiClient
from desk.cli import run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, dict[str, Any]]]:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    monkeypatch.setattr(getpass, "getuser", lambda: "lan")
    made: list[tuple[str, dict[str, Any]]] = []

    def change(_self: ApiClient, name: str, words: dict[str, Any]) -> dict[str, Any]:
        made.append((name, words))
        feeds = [{"trim_ms": trim, "cold": bool(trim), "sounds": [2, 1] if trim else []} for trim in (0, -80)]
        return {
            "loudness": None, "delay_ms": 400, "window_s": 7_200, "feeds": feeds, "ladder": "tiny", "tracks": [{}],
            "region": "01" if words.get("region") else "",
        }

    monkeypatch.setattr(ApiClient, "change", change)
    return made


def test_what_is_said_is_sent_and_what_holds_now_is_told(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["set", "hop", "--loudness", "off", "--trim", "2=-80"]) == 0
    assert asked == [("hop", {"loudness": "off", "each": {"trim": ["2=-80"]}, "who": "lan", "why": ""})]
    assert "speech as it comes, feeds shown after 400 ms, feed 2 trimmed by -80 ms" in capsys.readouterr().out


def test_a_feed_is_made_cold_or_warm_and_its_sounds_are_chosen(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["set", "hop", "--cold", "2", "--warm", "3", "--sound", "2=2,1"]) == 0
    assert asked[0][1]["each"] == {"cold": ["2"], "sound": ["2=2,1"], "warm": ["3"]}
    assert "feed 2 gives its sounds 2,1, feed 2 cold" in capsys.readouterr().out


def test_a_window_is_sent_as_it_is_said(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["set", "hop", "--window", "2h"]) == 0
    assert asked == [("hop", {"window": "2h", "who": "lan", "why": ""})]
    said = capsys.readouterr()
    assert "viewers go back 2h" in said.out
    assert said.err == ""


def test_a_window_that_the_disk_may_not_hold_is_set_and_told_of(
    asked: list[tuple[str, dict[str, Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """F-21: with figures, and what the channel has already is its own room."""
    monkeypatch.setattr(desk.commands.settings, "free_bytes", lambda _data: 10**6)
    folder = tmp_path / "media" / "hop" / "v240"
    folder.mkdir(parents=True)
    assert run(["set", "hop", "--window", "2h"]) == 0
    assert "note: a window of 2h takes up to" in (told := capsys.readouterr().err)
    assert "0.0 are free with what hop has already" in told
    with (folder / "1-1.m4s").open("wb") as file:
        file.truncate(10**12)
    assert run(["set", "hop", "--window", "2h"]) == 0
    assert capsys.readouterr().err == ""
    assert len(asked) == 2


def test_nothing_said_changes_nothing(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["set", "hop"]) == 2
    words = "--loudness, --delay, --window, --by-hand, --region, --cold or --trim or --sound or --warm"
    assert words in capsys.readouterr().err
    assert asked == []


@pytest.mark.parametrize("words", [["--encrypt"], ["--key-period"]])
def test_encryption_never_changes_on_air(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str], words: list[str],
) -> None:
    assert run(["set", "hop", *words]) == 2
    assert "start it with --encrypt or without" in capsys.readouterr().err
    assert asked == []


@pytest.mark.parametrize(("word", "sent", "told"), [
    ("Hà Nội", "Hà Nội", "of 01"), ("country", "", "of the whole country"),
])
def test_a_channel_is_given_to_a_region(
    asked: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str], word: str, sent: str, told: str,
) -> None:
    assert run(["set", "hop", "--region", word]) == 0
    assert asked[0][1]["region"] == sent
    assert capsys.readouterr().out.rstrip().endswith(told)
