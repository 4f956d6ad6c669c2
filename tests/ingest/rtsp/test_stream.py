"""How a stream is set up, with a server that answers from a list."""

import asyncio

import pytest

from flow.errors import FeedError
from ingest.rtsp.address import rtsp_address
from ingest.rtsp.message import RtspMessage, answer
from ingest.rtsp.stream import RtspStream, play_info, set_up
from ingest.rtsp.talk import RtspTalk
from ingest.rtsp.tracks import Track

SDP = b"v=0\r\nm=video 0 RTP/AVP 96\r\na=control:1\r\nm=audio 0 RTP/AVP 0\r\na=control:2\r\n"
TCP = "RTP/AVP/TCP;unicast;interleaved={}-{}"


def stream(*answers: tuple[str, dict[str, str]]) -> RtspStream:
    """What comes of a server that gives these answers, one to each request."""
    async def run() -> RtspStream:
        reader = asyncio.StreamReader()
        for number, (status, headers) in enumerate(answers, start=1):
            body = SDP if "sdp" in headers.get("Content-Type", "") else b""
            reader.feed_data(answer(status, {"CSeq": str(number), **headers}, body))
        reader.feed_eof()

        async def pair() -> int:
            return 5_004

        talk = RtspTalk(rtsp_address("rtsp://h/x"), reader, Deaf(), 5)
        return await set_up(talk, "rtsp://h:554/x", pair)

    return asyncio.run(run())


class Swallowing(asyncio.WriteTransport):
    def get_write_buffer_size(self) -> int:
        return 0


class Deaf(asyncio.StreamWriter):
    transport = Swallowing()

    def __init__(self) -> None:
        pass

    def write(self, data: bytes | bytearray | memoryview) -> None:
        pass

    def __del__(self) -> None:
        pass


OPTIONS = ("200 OK", {"Public": "DESCRIBE, GET_PARAMETER"})
DESCRIBE = ("200 OK", {"Content-Type": "application/sdp", "Content-Base": "rtsp://h:554/x/"})


def test_tracks_are_set_up_over_the_connection() -> None:
    found = stream(
        OPTIONS, DESCRIBE, ("200 OK", {"Session": "a1;timeout=30", "Transport": TCP.format(0, 1)}),
        ("200 OK", {"Session": "a1", "Transport": TCP.format(6, 7)}),
    )
    assert [(one.first, one.second) for one in found.transports] == [(0, 1), (6, 7)]
    assert [track.url for track in found.tracks] == ["rtsp://h:554/x/1", "rtsp://h:554/x/2"]
    assert found.keeper == "GET_PARAMETER"


def test_a_server_that_wants_udp_gets_it_for_all_tracks() -> None:
    udp = ("200 OK", {"Session": "a1", "Transport": "RTP/AVP;unicast;server_port=6000-6001"})
    found = stream(("501 Not Implemented", {}), DESCRIBE, ("461 Unsupported", {}), udp, udp)
    assert [one.tcp for one in found.transports] == [False, False]
    assert found.keeper == "OPTIONS"


@pytest.mark.parametrize(("answers", "why"), [
    ([OPTIONS, ("404 Not Found", {})], "no such stream"),
    ([OPTIONS, ("401 Unauthorized", {})], "asks for a user name"),
    ([OPTIONS, DESCRIBE, ("500 Oh", {})], "with the number 500"),
    ([OPTIONS, DESCRIBE, ("200 OK", {"Transport": TCP.format(0, 1)})], "opens no session"),
    ([OPTIONS], "closed the connection"),
])
def test_what_cannot_be_had_is_said(answers: list[tuple[str, dict[str, str]]], why: str) -> None:
    with pytest.raises(FeedError, match=why):
        stream(*answers)


def test_the_times_of_the_tracks_go_on_under_our_names() -> None:
    tracks = [Track(url="rtsp://h/x/1", lines=()), Track(url="rtsp://h/x/2", lines=())]
    told = RtspMessage(headers={"rtp-info": ("url=rtsp://h/x/2;seq=5;rtptime=70,url=1;seq=6;evil=\r\n",)})
    assert play_info(told, tracks, "rtsp://o") == "url=rtsp://o/1;seq=5;rtptime=70,url=rtsp://o/0;seq=6"
    assert play_info(RtspMessage(), tracks, "rtsp://o") == ""
