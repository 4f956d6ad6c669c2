import pytest

from flow.errors import FeedError
from ingest.rtsp.tracks import MOST, control_of, description, tracks_of

SDP = """v=0
o=- 1 1 IN IP4 10.0.0.9
s=cam
c=IN IP4 239.1.1.1/16
a=control:*
t=0 0
m=video 5004 RTP/AVP 96
c=IN IP4 169.254.169.254
a=rtpmap:96 H264/90000
a=fmtp:96 packetization-mode=1
a=control:trackID=1
a=x-evil:file:///etc/passwd
m=audio 0 RTP/AVPF/TCP 0 8
a=control:rtsp://inner/t2
m=application 0 RTP/AVP 107
a=rtpmap:107 vnd.onvif.metadata/90000
a=control:trackID=3
""".replace("\n", "\r\n")


def test_pictures_and_sounds_are_asked_for_and_nothing_else() -> None:
    found = tracks_of(SDP, "rtsp://h/x/")
    assert [track.url for track in found] == ["rtsp://h/x/trackID=1", "rtsp://inner/t2"]
    assert control_of(SDP, "rtsp://h/x/") == "rtsp://h/x/"


def test_our_front_learns_the_codecs_and_no_address() -> None:
    """T-04, T-07."""
    text = description(tracks_of(SDP, "rtsp://h/x/"))
    assert "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\na=control:0\r\n" in text
    assert "m=audio 0 RTP/AVP 0 8\r\na=control:1\r\n" in text
    for word in ("169.254", "239.1", "inner", "10.0.0.9", "passwd", "onvif"):
        assert word not in text


@pytest.mark.parametrize("text", ["", "v=0\r\n", "m=video 0 RTP/SAVP 96\r\n", "m=text 0 RTP/AVP 96\r\n"])
def test_a_description_without_a_track_is_a_sentence(text: str) -> None:
    with pytest.raises(FeedError, match="neither picture nor sound"):
        tracks_of(text, "rtsp://h/x")


def test_so_many_tracks_and_no_more() -> None:
    """T-09."""
    assert len(tracks_of("v=0\n" + "m=video 0 RTP/AVP 96\n" * 100, "rtsp://h/x")) == MOST
