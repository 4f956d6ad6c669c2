"""The cage of each child that handles a feed's bytes."""

from flow.cage import Cage
from flow.feed import Feed, FeedKind


def decoder_cage(feed: Feed) -> Cage:
    """A decoder reads its pipes, and the files that the feed itself names; it has no network (T-06, T-08)."""
    if feed.kind in (FeedKind.FILE, FeedKind.STILL):
        return Cage(read=tuple(path for path in (feed.address, feed.sound) if path))
    return Cage()


def front_cage(feed: Feed, door: int | None = None) -> Cage:
    """A front has the network and copies; it reads no file. With a `door` it has a loopback of its own alone.

    SRT is UDP, and has no business with any service of TCP, ours least of all; RTSP comes from our relay by TCP.
    """
    srt = feed.kind is FeedKind.SRT
    return Cage(network=True, door=door, streams=not srt, datagrams=srt)
