"""Which feeds are brought to this machine's RTMP door, and where each one's worker waits for its publisher."""

from collections.abc import Iterable
from pathlib import Path

from flow.channel import Channel
from flow.feed import Feed, FeedKind
from ingest.rtmp.address import door_key

FOLDER = "rtmp"
"""Below the folder of files that last as long as the processes."""


def key_of_feed(feed: Feed) -> str | None:
    """The key by which publishers reach the feed; None for one that does not come through the door."""
    return door_key(feed.address) if feed.kind is FeedKind.RTMP else None


def needs_door(channels: Iterable[Channel]) -> bool:
    """Whether any channel has a feed that comes through the door."""
    return any(key_of_feed(feed) for channel in channels for feed in channel.feeds)


def socket_of(run: Path, channel: str, index: int) -> Path:
    """Where the worker of `channel` waits for the publisher of its feed `index`, counted from 0.

    `run` is the settings' folder of that name.
    """
    return run / FOLDER / f"{channel}-{index}.sock"


def feed_at(stem: str) -> tuple[str, int]:
    """The channel and the feed's index of a socket's name without its ending; raises ValueError for any other."""
    channel, _, index = stem.rpartition("-")
    return channel, int(index)


def doors_of(run: Path, channel: Channel) -> tuple[Path, ...]:
    """Where each feed of a channel waits, whether it comes through the door or not."""
    return tuple(socket_of(run, channel.id, index) for index in range(len(channel.feeds)))


def known_keys(run: Path, channels: Iterable[Channel]) -> list[tuple[str, Path]]:
    """Each key that opens the door, with the socket of its feed."""
    return [
        (key, socket_of(run, channel.id, index))
        for channel in channels
        for index, feed in enumerate(channel.feeds)
        if (key := key_of_feed(feed)) is not None
    ]
