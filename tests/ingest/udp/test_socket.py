"""Where a UDP stream arrives."""

import select
import socket
from dataclasses import replace
from ipaddress import IPv6Address
from pathlib import Path

import pytest

from flow.errors import FeedError
from ingest.udp.socket import UdpPlace, index_of, open_place, places_of


@pytest.mark.parametrize(("address", "place"), [
    ("udp://127.0.0.1:5000", UdpPlace(host="127.0.0.1", port=5000)),
    ("udp://:5000", UdpPlace(host="", port=5000)),
    ("udp://@239.1.2.3:5000", UdpPlace(host="239.1.2.3", port=5000)),
    ("rtp://10.0.0.9@239.1.2.3:5000?interface=10.0.0.1",
     UdpPlace(host="239.1.2.3", port=5000, source="10.0.0.9", interface="10.0.0.1")),
    ("udp://239.1.2.3:5000?sources=10.0.0.9", UdpPlace(host="239.1.2.3", port=5000, source="10.0.0.9")),
    ("udp://[::1]:5000", UdpPlace(host="::1", port=5000)),
    ("udp://[fd00::9]@[ff3e::1]:5000?interface=eth0",
     UdpPlace(host="ff3e::1", port=5000, source="fd00::9", interface="eth0")),
    ("udp://[FF3E:0::1]:5000?interface=FD00:0::2", UdpPlace(host="ff3e::1", port=5000, interface="fd00::2")),
])
def test_an_address_says_group_source_and_interface(address: str, place: UdpPlace) -> None:
    assert places_of(address) == (place,)


def test_a_twin_is_a_second_way_of_the_same_packets() -> None:
    """F-06."""
    places = places_of("rtp://239.1.1.1:5000?twin=10.0.0.9@239.1.1.2:5002")
    assert [(place.host, place.port, place.source) for place in places] == [
        ("239.1.1.1", 5000, ""), ("239.1.1.2", 5002, "10.0.0.9"),
    ]


@pytest.mark.parametrize("address", ["udp://host:5000", "udp://studio@239.1.1.1:5000", "udp://:1?interface=eth0"])
def test_a_name_in_place_of_a_number_is_refused(address: str) -> None:
    """T-10: a name could change whom we listen to."""
    with pytest.raises(FeedError, match="must be numeric"):
        places_of(address)


def test_a_port_in_use_is_a_sentence() -> None:
    here = UdpPlace(host="127.0.0.1", port=0)
    with open_place(here) as door, pytest.raises(FeedError, match="cannot be opened"):
        open_place(replace(here, port=door.getsockname()[1]))


def test_two_channels_may_join_one_group() -> None:
    first = open_place(UdpPlace(host="239.255.7.7", port=0, interface="127.0.0.1"))
    port = first.getsockname()[1]
    second = open_place(UdpPlace(host="239.255.7.7", port=port, interface="127.0.0.1", source="127.0.0.1"))
    first.close()
    second.close()


@pytest.mark.parametrize("address", [
    "udp://10.0.0.9@[ff3e::1]:5000", "udp://[fd00::9]@239.1.1.1:5000", "udp://[ff3e::1]:5000?interface=10.0.0.1",
    "udp://239.1.1.1:5000?interface=fd00::2",
])
def test_a_group_of_one_kind_with_a_source_or_interface_of_the_other_is_refused(address: str) -> None:
    with pytest.raises(FeedError, match="not both of IPv4 or both of IPv6"):
        places_of(address)


def test_an_interface_is_known_by_name_and_by_address() -> None:
    loopback = socket.if_nametoindex("lo")
    assert (index_of(""), index_of("lo"), index_of("::1")) == (0, loopback, loopback)
    for unknown in ("none7", "fd00:dead::1"):
        with pytest.raises(FeedError, match="no network interface"):
            open_place(UdpPlace(host="ff3e::7", port=0, interface=unknown))


def _outside() -> tuple[str, str]:
    """An interface with IPv6 multicast, and an address of it; the loopback has none."""
    rows = [line.split() for line in Path("/proc/net/if_inet6").read_text("ascii").splitlines()]
    for address, _, _, scope, _, name in rows:
        if scope == "00" and name != "lo":
            return name, str(IPv6Address(int(address, 16)))
    pytest.skip("not run: no interface of this machine has an IPv6 address but the loopback")


def _sent(place: UdpPlace, name: str, source: str) -> list[bytes]:
    """What comes to `place` of a packet that `source` sends to its group over that interface."""
    with open_place(place) as door, socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sender:
        sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex(name))
        sender.bind((source, 0))
        sender.sendto(b"packet", (place.host, door.getsockname()[1]))
        ready, _, _ = select.select([door], [], [], 0.2)
        return [door.recv(100) for _ in ready]


@pytest.mark.parametrize("group", ["ff3e::7:7", "ff15::7:7"])
def test_an_ipv6_group_is_joined_on_its_interface(group: str) -> None:
    name, address = _outside()
    for interface in (name, address):
        assert _sent(UdpPlace(host=group, port=0, interface=interface), name, address) == [b"packet"]
    assert _sent(UdpPlace(host=group, port=0, interface="lo"), name, address) == []


def test_an_ipv6_group_brings_one_sender_s_packets_alone() -> None:
    """T-10: by the network itself, before anything of ours looks."""
    name, address = _outside()
    ours = UdpPlace(host="ff3e::7:8", port=0, interface=name, source=address)
    assert _sent(ours, name, address) == [b"packet"]
    assert _sent(replace(ours, source="fd00:dead::1"), name, address) == []
