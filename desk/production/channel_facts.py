"""The channels that are declared, as facts."""

import os
import socket
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from desk.production.facts import ChannelFacts
from desk.registry import Registry
from desk.settings import Settings
from desk.window_words import bytes_of_window
from flow.channel import Channel
from flow.feed import Feed, FeedKind
from ingest.exposure import encrypted, listens, unprotected

_IN_CLEAR = {"http", "rtmp", "rtsp", "srt"}
Resolve = Callable[[str], tuple[str, ...]]
"""The addresses of a host; none when nobody knows it."""


def addresses_of(host: str) -> tuple[str, ...]:
    """As this machine resolves it."""
    try:
        return tuple(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        return ()


def declared_facts(settings: Settings, resolve: Resolve = addresses_of) -> tuple[ChannelFacts, ...]:
    """Of all channels; raises ToolError when the registry cannot be read."""
    if not settings.database.exists():
        return ()
    registry = Registry(settings.database)
    try:
        return tuple(channel_facts(one.channel, resolve) for one in registry.channels())
    finally:
        registry.close()


def channel_facts(channel: Channel, resolve: Resolve) -> ChannelFacts:
    """Of one channel."""
    return ChannelFacts(
        name=channel.id, open=channel.open_to_all,
        feeds_for_anybody=tuple(feed.shown for feed in channel.feeds if for_anybody(feed)),
        feeds_in_clear=tuple(feed.shown for feed in channel.feeds if in_clear(feed, resolve)),
        missing_pictures=tuple(
            path for path in (channel.slate, channel.logo) if path and not os.access(path, os.R_OK)
        ),
        window_bytes=bytes_of_window(channel.ladder, max(1, len(channel.tracks)), channel.window_s),
    )


def for_anybody(feed: Feed) -> bool:
    """Whether anybody who reaches its port can send it. Multicast is the network's, which alone can hold it."""
    if feed.kind is FeedKind.UDP:
        return not _multicast(urlsplit(feed.address).hostname or "")
    return listens(feed) and unprotected(feed)


def _multicast(host: str) -> bool:
    try:
        return ip_address(host).is_multicast
    except ValueError:
        return False


def in_clear(feed: Feed, resolve: Resolve) -> bool:
    """Whether it is fetched over the public network without encryption."""
    parts = urlsplit(feed.address)
    host = parts.hostname or ""
    if listens(feed) or not host or parts.scheme.split("+")[0] not in _IN_CLEAR or encrypted(feed):
        return False
    if parts.scheme == "srt" and "listener" in parse_qs(parts.query).get("mode", ()):
        return False
    return any(_public(address) for address in resolve(host))


def _public(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False
