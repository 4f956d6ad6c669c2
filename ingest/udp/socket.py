"""Sockets for transport streams over UDP and RTP, unicast and multicast, and what an address says about them."""

import ipaddress
import re
import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flow.errors import FeedError

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,14}")
"""An interface's."""
_ROOM = 4 << 20
"""Bytes that the kernel may keep while we are busy: seconds of a stream, so that a pause of ours loses nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UdpPlace:
    """Where a stream arrives.

    `host` is a group, or an address of this machine, empty for all; `source` is the only sender that is listened
    to, empty for anyone; `interface` the local address that joins a group, or an interface's name for IPv6.
    """

    host: str
    port: int
    source: str = ""
    interface: str = ""

    @property
    def group(self) -> bool:
        """Whether it is multicast."""
        return bool(self.host) and ipaddress.ip_address(self.host).is_multicast


def places_of(address: str) -> tuple[UdpPlace, ...]:
    """`udp://[source@]host:port?interface=…`, and with `twin=[source@]host:port` a second way of the same packets.

    Raises FeedError when host or source is no numeric address: a name could change whom we listen to.
    """
    # By hand: some Pythons' urlsplit takes a source in brackets before an IPv4 group for no address at all.
    place, _, asked = address.partition("://")[2].partition("?")
    query = {name: values[0] for name, values in parse_qs(asked).items()}
    interface = query.get("interface", query.get("localaddr", ""))
    nets = [place.rstrip("/"), *([query["twin"]] if "twin" in query else [])]
    try:
        return tuple(_place(net, query.get("sources", ""), interface) for net in nets)
    except ValueError as error:
        message = "the address of a UDP or RTP feed must be numeric, such as udp://239.1.2.3:5000"
        raise FeedError(message) from error


def _place(net: str, sources: str, interface: str) -> UdpPlace:
    source, _, where = net.rpartition("@")
    parts = urlsplit(f"//{where}")
    host, only = (_plain(text) for text in (parts.hostname, source or sources))
    named = ":" in host and _NAME.fullmatch(interface)  # IPv6 joins by interface, IPv4 by address
    place = UdpPlace(
        host=host, port=parts.port or 0, source=only, interface=interface if named else _plain(interface),
    )
    others = [text for text in (only, "" if named else place.interface) if text]
    if host and any((":" in text) is not (":" in host) for text in others):
        message = f"the group {host} and its source or interface are not both of IPv4 or both of IPv6"
        raise FeedError(message)
    return place


def _plain(text: str | None) -> str:
    """In its shortest form: so the kernel writes a sender's address, with which ours is compared."""
    return str(ipaddress.ip_address(text.strip("[]"))) if text else ""


def open_place(place: UdpPlace) -> socket.socket:
    """A socket that receives it; raises FeedError when it cannot be had."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_DGRAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
        if place.group:
            # Several channels of this machine may take the same group.
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        scope = (0, index_of(place.interface)) if place.group and ":" in place.host else ()
        door.bind((place.host, place.port, *scope))
        if place.group:
            _join(door, place)
    except (OSError, FeedError) as error:
        door.close()
        if isinstance(error, FeedError):
            raise
        message = f"the UDP port {place.port} cannot be opened: {error.strerror}"
        raise FeedError(message) from error
    return door


def _join(door: socket.socket, place: UdpPlace) -> None:
    """With a source the network itself brings nobody else's packets (RFC 4607; T-10)."""
    if ":" in place.host:
        _join_6(door, place)
        return
    group = socket.inet_aton(place.host)
    local = socket.inet_aton(place.interface or "0.0.0.0")  # noqa: S104 - whichever way the routes lead
    if place.source:
        # struct ip_mreq_source of Linux: group, local address, source.
        door.setsockopt(socket.IPPROTO_IP, _ADD_SOURCE, group + local + socket.inet_aton(place.source))
    else:
        door.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group + local)


def _join_6(door: socket.socket, place: UdpPlace) -> None:
    """By the calls of RFC 3678, section 5: struct group_req and struct group_source_req of Linux."""
    index = index_of(place.interface)
    request = struct.pack("@I4x", index) + _storage(place.host)
    if place.source:
        door.setsockopt(socket.IPPROTO_IPV6, _JOIN_SOURCE_GROUP, request + _storage(place.source))
    else:
        door.setsockopt(socket.IPPROTO_IPV6, _JOIN_GROUP, request)


def _storage(address: str) -> bytes:
    """An IPv6 address as struct sockaddr_storage."""
    head = struct.pack("@HHI", socket.AF_INET6, 0, 0)
    return (head + socket.inet_pton(socket.AF_INET6, address)).ljust(128, b"\0")


def index_of(interface: str, table: Path = Path("/proc/net/if_inet6")) -> int:
    """The kernel's number of an interface, by its name or by an IPv6 address of it; 0 for none in particular.

    Raises FeedError for one that is not there.
    """
    if not interface:
        return 0
    try:
        if ":" not in interface:
            return socket.if_nametoindex(interface)
        wanted = ipaddress.ip_address(interface).packed.hex()
        rows = (line.split() for line in table.read_text("ascii").splitlines())
        return next(int(row[1], 16) for row in rows if row[0] == wanted)
    except (OSError, StopIteration):
        message = f"this machine has no network interface {interface} with IPv6"
        raise FeedError(message) from None


_ADD_SOURCE = 39
"""IP_ADD_SOURCE_MEMBERSHIP, which Python's socket module does not name before 3.12."""
_JOIN_GROUP, _JOIN_SOURCE_GROUP = 42, 46
"""MCAST_JOIN_GROUP and MCAST_JOIN_SOURCE_GROUP of linux/in.h."""
