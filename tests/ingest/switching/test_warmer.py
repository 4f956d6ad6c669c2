"""Decoders of cold feeds are started and stopped as the rules say, and that is told."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from flow.errors import OperatorError
from flow.event import Event
from flow.feed import FeedState
from ingest.kinds import feed_of
from ingest.playout.pairing import Content
from ingest.switching.warmth import COMING, LINGER
from ingest.switching.wish import Do, Wish
from tests.ingest.media import H264, OnAir, make, picture
from tests.ingest.test_programme import CONTENT, Feeds, other


class Channel(Feeds):
    """Two feeds, the second cold; what was done to its runner."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *first: Content | None) -> None:
        super().__init__(monkeypatch, *first, cold=(1,))
        self.done: list[str] = []
        runner = self.programme._runners[1]
        monkeypatch.setattr(runner, "wake", lambda: self.done.append("wake"))
        monkeypatch.setattr(runner, "rest", lambda: self.done.append("rest"))

    @property
    def unfit(self) -> str:
        return self.programme.status().feeds[1].unfit


def test_a_cold_feed_is_started_stopped_and_told_of_and_alarms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04."""
    channel, second = Channel(monkeypatch, CONTENT, None), other()
    channel.run(100)
    assert (channel.done, channel.unfit) == ([], "cold")
    assert channel.programme.status().feeds[1].state is FeedState.COLD
    channel.run(50, None, None)
    assert channel.done == ["wake"]
    assert channel.kinds[-3:] == ["feed-lost", "slate-on", "feed-started"]
    assert channel.shown(1, None, second) == [second.pictures[0]]
    assert channel.kinds[-3:] == ["feed-back", "switch", "slate-off"]
    channel.run(LINGER + 400, CONTENT, second)
    assert channel.done == ["wake", "rest"]
    assert channel.kinds[-1] == "feed-rested"
    channel.run(1, CONTENT, None)
    assert channel.unfit == "cold"
    assert channel.kinds.count("feed-lost") == 1


def test_a_cold_feed_that_does_not_come_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Channel(monkeypatch, CONTENT, None)
    channel.run(100)
    channel.run(COMING + 50, None, None)
    assert channel.unfit == "lost"
    assert [event.data["feed"] for event in channel.events if event.kind == "feed-lost"] == [1, 2]


def test_a_take_of_a_cold_feed_starts_it_and_is_done_when_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    channel, second = Channel(monkeypatch, CONTENT, None), other()
    channel.run(100)
    done = channel.programme.command(Wish(do=Do.TAKE, feed=1), who="lan")
    assert channel.shown(1)[0] is CONTENT.pictures[0]
    assert (channel.done, done.result(0)) == (["wake"], 1_100)
    assert channel.kinds[-2:] == ["take-later", "feed-started"]
    assert channel.shown(1, CONTENT, second) == [second.pictures[0]]
    assert channel.programme.status().mode == "pinned"
    assert channel.kinds[-2:] == ["feed-back", "take"]


def test_a_preview_of_a_cold_feed_starts_it_and_shows_nothing_old(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Channel(monkeypatch, CONTENT, None)
    channel.run(100)
    with pytest.raises(OperatorError, match="being started"):
        channel.programme.preview(1)
    channel.run(1)
    assert channel.done == ["wake"]
    channel.run(5, CONTENT, other())
    assert channel.programme.preview(1) is not None
    channel.run(LINGER + 1)
    channel.run(2, CONTENT, None)
    assert channel.done == ["wake", "rest"]
    with pytest.raises(OperatorError):
        channel.programme.preview(1)


def test_a_feed_is_made_warm_and_cold_on_air_and_alarms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Channel(monkeypatch, CONTENT, None)
    channel.run(100)
    reception = channel.programme._runners[1]._reception
    reception.feed = replace(reception.feed, cold=False)
    channel.run(50)
    assert (channel.done, channel.unfit) == (["wake"], "cold")
    channel.run(LINGER + 50, CONTENT, other())
    assert (channel.done, channel.unfit) == (["wake"], "")
    reception.feed = replace(reception.feed, cold=True)
    channel.run(2)
    assert channel.done == ["wake", "rest"]
    assert "feed-lost" not in channel.kinds


def test_a_cold_film_that_was_played_in_an_earlier_life_is_not_started_nor_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel = Channel(monkeypatch, CONTENT, None)
    runner = channel.programme._runners[1]
    runner.finish()
    channel.run(100)
    channel.run(100, None, None)
    assert (channel.done, channel.unfit) == ([], "played")
    assert "played" not in channel.kinds


@pytest.mark.line
def test_when_a_film_has_ended_the_cold_card_is_started_and_on_air(tmp_path: Path) -> None:
    """F-04: and there was no decoder of it before."""
    clip = make(tmp_path / "a.mp4", *picture(seconds=2), *H264)
    told: list[Event] = []
    with OnAir(f"once:{clip}", replace(feed_of("testcard:"), cold=True), tell=told.append) as air:
        air.until_live(5)
        card = air.programme._runners[1]
        assert (card.status(on_air=False).state, card._reception._decoder) == (FeedState.COLD, None)
        air.until(lambda: air.programme.status().feeds[1].on_air)
        assert card.status(on_air=True).state is FeedState.LIVE
    kinds = [event.kind for event in told]
    assert kinds.index("feed-back") < kinds.index("played") < kinds.index("switch")
    assert "feed-lost" not in kinds
    assert {after.index - before.index for before, after in pairwise(air.ticks)} == {1}
