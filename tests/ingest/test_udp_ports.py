"""Which UDP ports of this machine feeds need for themselves."""

import socket
from contextlib import nullcontext

import pytest

from flow.errors import FeedError
from flow.feed import Feed, FeedKind
from ingest.kinds import feed_of
from ingest.udp.socket import open_place, places_of
from ingest.udp_ports import clash, udp_ports


@pytest.mark.parametrize(("one", "other", "both"), [
    ("udp://:5000", "udp://:5000", False), ("udp://:5000", "udp://:5001", True),
    ("udp://127.0.0.1:5000", "udp://:5000", False), ("udp://127.0.0.1:5000", "udp://127.0.0.2:5000", True),
    ("udp://[::]:5000", "udp://127.0.0.1:5000", False), ("udp://[::1]:5000", "udp://:5000", True),
    ("udp://239.1.2.3:5000", "udp://239.1.2.3:5000", True), ("udp://239.1.2.3:5000", "udp://:5000", False),
    ("udp://239.1.2.3:5000", "rtp://239.1.2.3:6000?twin=239.1.2.4:5000", True),
])
def test_two_have_one_port_where_the_kernel_gives_it_to_both(one: str, other: str, both: bool) -> None:
    """The kernel's own word for it stands beside ours, with a free port in place of 5000."""
    assert (clash(feed_of(one), [feed_of(other)]) is None) is both
    assert (clash(feed_of(other), [feed_of(one)]) is None) is both
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("", 0))
        free = door.getsockname()[1]
    first, second = (
        places_of(address.replace(":5000", f":{free}").replace(":5001", ":0"))[-1] for address in (one, other)
    )
    with open_place(first), nullcontext() if both else pytest.raises(FeedError, match="already in use"):
        open_place(second).close()


def test_srt_needs_a_port_where_it_waits_and_goes_over_udp() -> None:
    waits = feed_of("srt://:9000?passphrase=0123456789abcdef")
    assert clash(waits, [feed_of("testcard:"), feed_of("srt://10.0.0.5:9000")]) is None
    assert clash(waits, [feed_of("srt://10.0.0.1:9000?mode=listener")]) is not None
    assert clash(feed_of("udp://10.0.0.1:9000"), [waits]) is waits
    assert clash(feed_of("srt://[::0]:9000?mode=listener"), [feed_of("udp://[::]:9000")]) is not None


def test_an_address_that_names_no_port_of_ours_needs_none() -> None:
    broken = Feed(address="udp://studio:5000", kind=FeedKind.UDP, shown="udp://studio:5000")
    for feed in (broken, *map(feed_of, ("rtsp://h/x", "testcard:", "srt://h:9000"))):
        assert udp_ports(feed) == ()
    (named,) = udp_ports(feed_of("srt://studio:9000?mode=listener"))
    assert named.host == "studio"
