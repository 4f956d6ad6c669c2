"""Sockets for transport streams over UDP and RTP, unicast and multicast, and what an address says about them."""

import ipaddress
import socket
import struct
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from flow.errors import FeedError

_ROOM = 4 << 20
"""Bytes that the kernel may keep while we are busy: seconds of a stream, so that a pause of ours loses nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UdpPlace:
    """Where a stream arrives.

    `host` is a group, or an address of this machine, empty for all; `source` is the only sender that is listened
    to, empty for anyone; `interface` the local address that joins a group.
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
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    interface = query.get("interface", query.get("localaddr", ""))
    nets = [parts.netloc, *([query["twin"]] if "twin" in query else [])]
    try:
        return tuple(_place(net, query.get("sources", ""), interface) for net in nets)
    except ValueError as error:
        message = "the address of a UDP or RTP feed must be numeric, such as udp://239.1.2.3:5000"
        raise FeedError(message) from error


def _place(net: str, sources: str, interface: str) -> UdpPlace:
    source, _, where = net.rpartition("@")
    parts = urlsplit(f"//{where}")
    # In their shortest form: so the kernel writes a sender's address, with which ours is compared.
    host, only, local = (
        str(ipaddress.ip_address(text.strip("[]"))) if text else ""
        for text in (parts.hostname, source or sources, interface)
    )
    return UdpPlace(host=host, port=parts.port or 0, source=only, interface=local)


def open_place(place: UdpPlace) -> socket.socket:
    """A socket that receives it; raises FeedError when it cannot be had."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_DGRAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
        if place.group:
            # Several channels of this machine may take the same group.
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((place.host, place.port))
        if place.group:
            _join(door, place)
    except OSError as error:
        door.close()
        message = f"the UDP port {place.port} cannot be opened: {error.strerror}"
        raise FeedError(message) from error
    return door


def _join(door: socket.socket, place: UdpPlace) -> None:
    """With a source the network itself brings nobody else's packets (RFC 4607; T-10)."""
    if ":" in place.host:
        door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, place.host)
                        + struct.pack("@I", 0))
        return
    group = socket.inet_aton(place.host)
    local = socket.inet_aton(place.interface or "0.0.0.0")  # noqa: S104 - whichever way the routes lead
    if place.source:
        # struct ip_mreq_source of Linux: group, local address, source.
        door.setsockopt(socket.IPPROTO_IP, _ADD_SOURCE, group + local + socket.inet_aton(place.source))
    else:
        door.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group + local)


_ADD_SOURCE = 39
"""IP_ADD_SOURCE_MEMBERSHIP, which Python's socket module does not name before 3.12."""
