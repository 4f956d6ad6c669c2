"""Which feeds come through the door."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.door_feeds import doors_of, key_of_feed, known_keys, needs_door, socket_of
from flow.channel import Channel
from flow.feed import Feed, FeedKind
from flow.ids import ChannelId
from tests.desk.samples import channel

RUN = Path("/data/run")


def rtmp(address: str, kind: FeedKind = FeedKind.RTMP) -> Feed:
    return Feed(address=address, kind=kind, shown="rtmp://…")


def with_feeds(name: str, *feeds: Feed) -> Channel:
    return replace(channel(name), id=ChannelId(name), feeds=feeds)


@pytest.mark.parametrize(("feed", "key"), [
    (rtmp("rtmp://:1935/live/geheim"), "geheim"),
    (rtmp("rtmp:///live/geheim"), "geheim"),
    (rtmp("rtmp://:9/live/geheim"), "geheim"),
    (rtmp("rtmp://10.0.0.5/live/geheim"), None),
    (rtmp("rtmp://:1935/live/geheim", FeedKind.SRT), None),
])
def test_a_feed_without_a_host_is_brought_to_the_door_whatever_its_port(feed: Feed, key: str | None) -> None:
    assert key_of_feed(feed) == key


def test_a_door_is_needed_as_soon_as_one_feed_comes_through_it() -> None:
    pulled = with_feeds("a", rtmp("rtmp://10.0.0.5/live/x"))
    brought = with_feeds("b", rtmp("rtmp://10.0.0.5/live/x"), rtmp("rtmp://:1935/live/y"))
    assert not needs_door([])
    assert not needs_door([pulled])
    assert needs_door([pulled, brought])


def test_each_key_leads_to_the_socket_of_its_feed() -> None:
    two = with_feeds("hop", rtmp("rtmp://:1935/live/x"), rtmp("srt://h:1", FeedKind.SRT), rtmp("rtmp:///live/y"))
    assert known_keys(RUN, [two]) == [("x", socket_of(RUN, "hop", 0)), ("y", socket_of(RUN, "hop", 2))]
    assert socket_of(RUN, "hop", 2) == RUN / "rtmp" / "hop-2.sock"


def test_no_two_feeds_share_a_socket() -> None:
    places = {socket_of(RUN, name, index) for name in ("a", "a-1", "a-1-1") for index in range(12)}
    assert len(places) == 36


def test_each_feed_of_a_channel_has_its_place() -> None:
    two = with_feeds("hop", rtmp("srt://h:1", FeedKind.SRT), rtmp("rtmp:///live/y"))
    assert doors_of(RUN, two) == (socket_of(RUN, "hop", 0), socket_of(RUN, "hop", 1))
