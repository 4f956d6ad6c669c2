"""Where a UDP stream arrives."""

from dataclasses import replace

import pytest

from flow.errors import FeedError
from ingest.udp_socket import UdpPlace, open_place, places_of


@pytest.mark.parametrize(("address", "place"), [
    ("udp://127.0.0.1:5000", UdpPlace(host="127.0.0.1", port=5000)),
    ("udp://:5000", UdpPlace(host="", port=5000)),
    ("udp://@239.1.2.3:5000", UdpPlace(host="239.1.2.3", port=5000)),
    ("rtp://10.0.0.9@239.1.2.3:5000?interface=10.0.0.1",
     UdpPlace(host="239.1.2.3", port=5000, source="10.0.0.9", interface="10.0.0.1")),
    ("udp://239.1.2.3:5000?sources=10.0.0.9", UdpPlace(host="239.1.2.3", port=5000, source="10.0.0.9")),
    ("udp://[::1]:5000", UdpPlace(host="::1", port=5000)),
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
