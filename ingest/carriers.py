"""Which carrier brings a feed's bytes."""

from flow.feed import Feed, FeedKind
from flow.process import Spawn
from ingest.carrier import Carrier
from ingest.front import Front
from ingest.hls_pull import HlsPull
from ingest.udp_receiver import UdpReceiver


def carrier_of(feed: Feed, *, height: int, spawn: Spawn, ffmpeg: str) -> Carrier | None:
    """A carrier for one life of the feed's decoder; None for what the decoder opens itself.

    `height` is the canvas's: of an HLS feed's variants the best one not higher is taken. Raises FeedError when the
    address cannot be used.
    """
    match feed.kind:
        case FeedKind.HLS:
            return HlsPull(feed.address, height)
        case FeedKind.UDP:
            return UdpReceiver(feed)
        case FeedKind.SRT | FeedKind.RTSP:
            return Front(feed, spawn=spawn, ffmpeg=ffmpeg)
        case _:
            return None
