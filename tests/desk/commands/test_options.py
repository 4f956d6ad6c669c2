"""What commands share."""

from typing import Any

import click
import pytest

from desk.api_client import ApiClient
from desk.commands.options import addresses, complete_channel, complete_ladder, complete_profile, said_of_feed
from desk.errors import NotRunningError

CONTEXT = click.Context(click.Command("x"))
OPTION = click.Option(["--x"])


def report(**change: object) -> dict[str, Any]:
    return {"name": "hop", "playlist": True, "fresh": True, "state": "live", "alarms": [], "feeds": [{}], **change}


def test_channels_complete_when_a_headend_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ApiClient, "channels", lambda _self: {"channels": [{"name": "hop"}, {"name": "thu"}]})
    assert [item.value for item in complete_channel(CONTEXT, OPTION, "h")] == ["hop"]


def test_without_a_headend_nothing_completes(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: ApiClient) -> None:
        raise NotRunningError("127.0.0.1:8090")

    monkeypatch.setattr(ApiClient, "channels", fail)
    assert complete_channel(CONTEXT, OPTION, "") == []


def test_ladders_and_profiles_complete() -> None:
    assert [item.value for item in complete_ladder(CONTEXT, OPTION, "ti")] == ["tiny"]
    assert [item.value for item in complete_profile(CONTEXT, OPTION, "l")] == ["low"]


def test_a_second_feed_is_hoped_for() -> None:
    made = report(state="slate", alarms=["feed a: it waits for the sender to call"], feeds=[{}, {}])
    assert "The next feed that is ready is taken" in said_of_feed(made)


def test_both_addresses_are_told() -> None:
    said = addresses("http://127.0.0.1:8080", "hop")
    assert "http://127.0.0.1:8080/watch/hop" in said
    assert "http://127.0.0.1:8080/live/hop/index.m3u8" in said


@pytest.mark.parametrize(("made", "sentence"), [
    (report(), ""),
    (report(state="slate", alarms=["feed a: nobody answers"]), "the slate is on air: feed a: nobody answers."),
    (report(state="held"), "the slate is on air: the feed has not come yet."),
    (report(fresh=False, state="starting"), "nothing can be watched yet: no segment has come yet."),
])
def test_what_is_wrong_with_a_start_is_a_sentence(made: dict[str, Any], sentence: str) -> None:
    assert said_of_feed(made).startswith(sentence)
    assert bool(said_of_feed(made)) == bool(sentence)
