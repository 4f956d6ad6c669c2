"""Which carrier brings a feed's bytes."""

from flow.errors import FeedError
from flow.feed import Feed, FeedKind
from ingest.carrier import Carrier
from ingest.exposure import at_door
from ingest.front import Front
from ingest.hls_pull import HlsPull
from ingest.means import Means
from ingest.rtmp_mouth import RtmpMouth
from ingest.rtmp_pull import RtmpPull
from ingest.udp_receiver import UdpReceiver

NO_DOOR = "this machine has no RTMP door; let the worker run where `xacast up` does"


def carrier_of(feed: Feed, *, height: int, means: Means) -> Carrier | None:
    """A carrier for one life of the feed's decoder; None for what the decoder opens itself.

    `height` is the canvas's: of an HLS feed's variants the best one not higher is taken. Raises FeedError when the
    address cannot be used.
    """
    match feed.kind:
        case FeedKind.HLS:
            return HlsPull(feed.address, height, reach=means.reach)
        case FeedKind.UDP:
            return UdpReceiver(feed)
        case FeedKind.SRT | FeedKind.RTSP:
            return Front(feed, spawn=means.spawn, ffmpeg=means.ffmpeg)
        case FeedKind.RTMP if at_door(feed):
            if means.door is None:
                raise FeedError(NO_DOOR)
            return RtmpMouth(means.door)
        case FeedKind.RTMP:
            return RtmpPull(feed.address)
        case _:
            return None
