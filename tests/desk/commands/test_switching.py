"""`xacast take`, `hold`, `release` and `cut`."""

import getpass
from pathlib import Path
from typing import Any

import click
import pytest

from desk.api_client import ApiClient
from desk.cli import run
from desk.commands.switching import complete_feed, take
from desk.errors import RefusedError

FEEDS = [{"kind": "srt", "shown": "srt://10.0.0.5:9000"}, {"kind": "testcard", "shown": "testcard:"}]


def report(unfit: str = "") -> dict[str, Any]:
    return {"feeds": FEEDS, "worker": {"status": {"feeds": [{**feed, "unfit": unfit} for feed in FEEDS]}}}


@pytest.fixture(autouse=True)
def orders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, dict[str, Any]]]:
    monkeypatch.setenv("XACAST_DATA", str(tmp_path))
    monkeypatch.setattr(getpass, "getuser", lambda: "lan")
    monkeypatch.setattr(ApiClient, "channel", lambda _self, _name: report())
    given: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(ApiClient, "order", lambda _self, name, words: given.append((name, words)))
    return given


@pytest.mark.parametrize("word", ["2", "testcard"])
def test_a_take_names_its_feed_by_number_or_address(
    word: str, orders: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["take", "hop", word, "--why", "diễn giả mới"]) == 0
    assert orders == [("hop", {"do": "take", "feed": 1, "who": "lan", "why": "diễn giả mới"})]
    assert "feed 2 (testcard:) of hop is on air" in capsys.readouterr().out


def test_a_take_of_a_cold_feed_says_that_it_takes_a_while(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(ApiClient, "channel", lambda _self, _name: report("cold"))
    assert run(["take", "hop", "2"]) == 0
    assert "feed 2 (testcard:) of hop is started, and on air with its first picture" in capsys.readouterr().out


@pytest.mark.parametrize(("do", "words"), [
    ("hold", "hop is held"), ("release", "switches by itself again"), ("cut", "the slate of hop is on air"),
])
def test_the_other_orders_need_no_feed(
    do: str, words: str, orders: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([do, "hop"]) == 0
    assert orders == [("hop", {"do": do, "who": "lan", "why": ""})]
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(("word", "sentence"), [("3", "no feed 3"), ("testcart:", "Did you mean “testcard:”")])
def test_a_wrong_feed_orders_nothing_and_names_the_nearest(
    word: str, sentence: str, orders: list[tuple[str, dict[str, Any]]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["take", "hop", word]) == 2
    assert sentence in capsys.readouterr().err
    assert orders == []


@pytest.mark.parametrize("words", [["take", "../x", "1"], ["hold", "../x"], ["release", "../x"], ["cut", "../x"]])
def test_a_name_that_cannot_be_one_reaches_no_headend(
    words: list[str], capsys: pytest.CaptureFixture[str],
) -> None:
    """T-12."""
    assert run(words) == 2
    assert "cannot be a channel's name" in capsys.readouterr().err


def test_a_refusal_is_told_and_the_status_is_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object) -> None:
        problem = "feed 2 (testcard:) has no picture now"
        raise RefusedError(409, problem, "Take another one, or wait until it is back")

    monkeypatch.setattr(ApiClient, "order", refuse)
    assert run(["take", "hop", "2"]) == 2
    assert "has no picture now. Take another one" in capsys.readouterr().err


@pytest.mark.parametrize("user", ["a" * 65, "a\nb"])
def test_a_strange_users_name_is_left_out(
    user: str, monkeypatch: pytest.MonkeyPatch, orders: list[tuple[str, dict[str, Any]]],
) -> None:
    """T-33."""
    monkeypatch.setattr(getpass, "getuser", lambda: user)
    assert run(["cut", "hop"]) == 0
    assert orders[0][1].get("who", "") == ""


def test_the_shell_completes_numbers_of_feeds() -> None:
    context = click.Context(take)
    context.params = {"name": "hop"}
    found = complete_feed(context, take.params[1], "")
    assert [(item.value, item.help) for item in found] == [("1", "srt://10.0.0.5:9000"), ("2", "testcard:")]
    assert complete_feed(click.Context(take), take.params[1], "") == []


@pytest.mark.parametrize("do", ["take", "hold", "release", "cut"])
def test_each_order_has_an_example(do: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([do, "--help"]) == 0
    assert f"xacast {do} hop" in capsys.readouterr().out
