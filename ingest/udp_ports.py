"""The UDP ports of this machine that a feed needs for itself, as its address tells. SRT runs over UDP too."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from flow.errors import FeedError
from flow.feed import Feed, FeedKind
from ingest.exposure import listens
from ingest.udp.socket import places_of

_ALL_4, _ALL_6 = "0.0.0.0", "::"  # noqa: S104 - compared with, never bound here


@dataclass(frozen=True, slots=True, kw_only=True)
class UdpPort:
    """A port at an address of this machine, or of a group when it is `shared`: several may take the same group.

    Of a name nobody knows here which address it has: it is a place of its own.
    """

    host: str
    port: int
    shared: bool = False

    def clashes(self, other: Self) -> bool:
        """Whether the kernel gives one of them alone: at the same address, or where one of them is at all."""
        if self.port != other.port or (self.shared and other.shared):
            return False
        hosts = {self.host, other.host}
        return len(hosts) == 1 or _ALL_6 in hosts or (_ALL_4 in hosts and not any(":" in host for host in hosts))


def udp_ports(feed: Feed) -> tuple[UdpPort, ...]:
    """Those that the feed needs, none for a feed that calls its sender."""
    if feed.kind is FeedKind.UDP:
        try:
            places = places_of(feed.address)
        except FeedError:  # an earlier version took it: it never comes
            return ()
        return tuple(UdpPort(host=place.host or _ALL_4, port=place.port, shared=place.group) for place in places)
    if feed.kind is FeedKind.SRT and listens(feed):
        parts = urlsplit(feed.address)
        return (UdpPort(host=_plain(parts.hostname or _ALL_4), port=parts.port or 0),)
    return ()


def clash(feed: Feed, others: Sequence[Feed]) -> Feed | None:
    """The first of `others` that needs the same port of this machine, if one does."""
    wanted = udp_ports(feed)
    return next(
        (other for other in others if any(one.clashes(its) for its in udp_ports(other) for one in wanted)), None,
    )


def _plain(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return host
