"""What can be said of a feed before anything is connected to: that its address leads where no feed may."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flow.feed import Feed, FeedKind
from ingest.exposure import at_door, listens
from ingest.reach.gate import is_local
from ingest.reach.reach import Border, IsLocal, Reach
from ingest.reach.web_address import WebAddress

_PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtmp": 1935, "rtmps": 443}
_PULLED = frozenset({FeedKind.SRT, FeedKind.RTMP, FeedKind.RTSP, FeedKind.HLS})


def refused(feed: Feed, reach: Reach, local: IsLocal = is_local) -> str:
    """Why `feed` may never be called, in a sentence: it is a listener of ours, so that the channel would be its
    own feed, or what clouds tell their machines. Empty when it may be, or a name has to be looked up for it."""
    if feed.kind not in _PULLED or at_door(feed) or listens(feed):
        return ""
    parts = urlsplit(feed.address)
    host = parts.hostname or ""
    try:
        ip = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return ""
    port = parts.port or _PORTS[parts.scheme]
    named = WebAddress(secure=False, host=host, port=port, rest="/")
    return Border(named=named, reach=reach, is_local=local).by_ip(host, port, ip)
