"""The demonstration's steps, over a stand-in for the supervisor's children."""

from pathlib import Path

import pytest

import desk.demonstration
from desk.demonstration import NAME, Demonstration
from desk.errors import NotRunningError
from desk.registry import Registry
from desk.settings import Settings
from flow.feed import FeedKind
from tests.desk.samples import channel
from tests.desk.test_supervisor import FREE, settings  # noqa: F401 - the fixture is asked for by name


def make(settings: Settings, told: list[str]) -> Demonstration:  # noqa: F811 - the fixture's value
    return Demonstration(
        settings=settings, feed="testcard:", ladder="tiny", tell=told.append,
        shown=lambda *_: told.append("shown"),
    )


def test_a_channel_that_does_not_come_on_air_ends_it_with_a_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch,  # noqa: F811 - the fixture's value
) -> None:
    monkeypatch.setattr(desk.demonstration, "PATIENCE", 0.2)
    told: list[str] = []
    demonstration = make(settings, told)
    with pytest.raises(NotRunningError, match="no headend answers"):
        demonstration.run()
    assert told == ["starting the headend"]


def test_an_earlier_demos_feed_is_forgotten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,  # noqa: F811 - the fixture's value
) -> None:
    registry = Registry(settings.database)
    registry.add(channel(NAME), revision=1)
    monkeypatch.setattr(desk.demonstration, "PATIENCE", 0.1)
    with pytest.raises(NotRunningError):
        make(settings, []).run()
    assert [one.channel.feeds[0].kind for one in registry.channels()] == [FeedKind.TESTCARD]
    assert registry.wanted()["demo"] > 1
    registry.close()
    assert tmp_path == settings.data
    assert settings.viewers == FREE
