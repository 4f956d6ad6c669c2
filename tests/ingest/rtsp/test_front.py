from ingest.rtsp.front import FrontHalf
from ingest.rtsp.message import RtspMessage, RtspReader
from ingest.rtsp.tracks import Track

BASE = "rtsp://127.0.0.1:5000/secret"
HALF = FrontHalf(BASE, [Track(url="rtsp://h/1", lines=("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000"))])


def told(method: str, url: str = BASE, info: str = "") -> RtspMessage:
    reader = RtspReader()
    reader.feed(HALF.answer(RtspMessage(method=method, url=url, headers={"cseq": ("3",)}), info))
    found = reader.next()
    assert isinstance(found, RtspMessage)
    assert found.number == 3
    return found


def test_our_front_is_led_through_and_nowhere_else() -> None:
    """T-04: whatever the server says, the front hears these answers alone."""
    assert "PLAY" in told("OPTIONS").header("public")
    assert told("DESCRIBE").header("content-base") == f"{BASE}/"
    assert b"rtsp://" not in told("DESCRIBE").body
    assert told("SETUP", f"{BASE}/0").header("transport") == "RTP/AVP/TCP;unicast;interleaved=0-1"
    assert told("PLAY", info="url=x;seq=1").header("rtp-info") == "url=x;seq=1"
    assert told("GET_PARAMETER").status == told("TEARDOWN").status == 200


def test_what_is_not_there_is_refused() -> None:
    assert [told("SETUP", f"{BASE}/{word}").status for word in ("1", "x", "", "²")] == [400] * 4
    assert told("ANNOUNCE").status == 400


def test_nobody_else_on_this_machine_is_answered() -> None:
    for url in ("rtsp://127.0.0.1:5000/guess", "rtsp://127.0.0.1:5000/", "*"):
        assert not HALF.knows(RtspMessage(method="DESCRIBE", url=url))
    assert HALF.knows(RtspMessage(method="DESCRIBE", url=f"{BASE}/0"))
