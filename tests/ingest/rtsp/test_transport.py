import pytest

from flow.errors import FeedError
from ingest.rtsp.transport import Transport, granted, over_tcp, over_udp


def test_each_track_asks_for_channels_or_ports_of_its_own() -> None:
    assert over_tcp(1) == "RTP/AVP/TCP;unicast;interleaved=2-3"
    assert over_udp(5004) == "RTP/AVP;unicast;client_port=5004-5005"


@pytest.mark.parametrize(("text", "found"), [
    ("RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=1", Transport(tcp=True, first=4, second=5)),
    ("RTP/AVP/TCP;interleaved=4", Transport(tcp=True, first=4, second=5)),
    ("rtp/avp/tcp;unicast", Transport(tcp=True, first=2, second=3)),
])
def test_channels_are_those_that_the_server_grants(text: str, found: Transport) -> None:
    assert granted(text, tcp=True, track=1) == found


def test_ports_and_the_source_are_read() -> None:
    text = "RTP/AVP/UDP;unicast;client_port=1-2;server_port=6970-6971;source=10.0.0.9"
    assert granted(text, tcp=False, track=0) == Transport(tcp=False, first=6_970, second=6_971, source="10.0.0.9")
    assert granted("RTP/AVP;unicast", tcp=False, track=0).first == 0


@pytest.mark.parametrize(("text", "tcp"), [
    ("RTP/AVP;unicast;client_port=1-2", True), ("RTP/AVP/TCP;interleaved=0-1", False),
    ("RTP/AVP;multicast;destination=239.1.1.1", False), ("RTP/AVP/TCP;interleaved=300-301", True),
    ("RTP/AVP;unicast;server_port=22-23", False), ("RTP/AVP;unicast;server_port=70000-70001", False),
])
def test_another_way_than_the_one_asked_for_is_refused(text: str, *, tcp: bool) -> None:
    """T-04: no group is joined, and nothing is sent to a service's port."""
    with pytest.raises(FeedError, match="not asked for"):
        granted(text, tcp=tcp, track=0)
