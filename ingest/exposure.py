"""Who can put a picture into a feed, as far as its address tells."""

from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from flow.feed import Feed, FeedKind
from ingest.rtmp.address import door_key


def listens(feed: Feed) -> bool:
    """Whether the sender calls us: nothing is wrong while nobody does."""
    parts = urlsplit(feed.address)
    match feed.kind:
        case FeedKind.SRT:
            return "listener" in parse_qs(parts.query).get("mode", ()) or not parts.hostname
        case FeedKind.RTMP:
            return at_door(feed)
        case _:
            return False


def at_door(feed: Feed) -> bool:
    """Whether a publisher brings it to this machine's RTMP door, by its stream key."""
    return feed.kind is FeedKind.RTMP and door_key(feed.address) is not None


def sole(feed: Feed) -> str:
    """Why only one worker of a machine can have the feed, empty when two can: the port is one process's, or the
    publisher is brought to one."""
    if feed.kind is FeedKind.SRT and listens(feed):
        return "one process alone can wait for its caller at that port"
    if at_door(feed):
        return "the RTMP door brings its publisher to one worker"
    if feed.kind is FeedKind.UDP and not _multicast(urlsplit(feed.address).hostname or ""):
        return "what is sent to one address comes to one process; to a multicast group it comes to both"
    return ""


def _multicast(host: str) -> bool:
    try:
        return ip_address(host).is_multicast
    except ValueError:
        return False


def unprotected(feed: Feed) -> bool:
    """Whether anybody who reaches the port can send it (T-01, T-10).

    UDP and RTP always: a source address can be forged. SRT when it waits for a caller without a passphrase.
    """
    if feed.kind is FeedKind.UDP:
        return True
    return feed.kind is FeedKind.SRT and listens(feed) and not encrypted(feed)


def encrypted(feed: Feed) -> bool:
    """Whether an SRT address names a passphrase."""
    return bool(parse_qs(urlsplit(feed.address).query).get("passphrase"))
