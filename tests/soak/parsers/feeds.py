"""Readers of what strangers send as feeds: RTMP, RTSP, HLS, transport streams, Matroska of our decoders."""

import struct

import m3u8.parser

import ingest.blocks
import ingest.hls.listing
import ingest.hls.plan
import ingest.rtmp.amf
import ingest.rtmp.chunks
import ingest.rtmp.command
import ingest.rtmp.flv_tags
import ingest.rtmp.handshake
import ingest.rtmp.player
import ingest.rtmp.session
import ingest.rtsp.auth
import ingest.rtsp.message
import ingest.rtsp.tracks
import ingest.rtsp.transport
import ingest.udp.continuity
import ingest.udp.multiplex
import ingest.udp.rtp
import ingest.udp.timeline
from flow.errors import FeedError
from ingest.blocks import Blocks
from ingest.hls.listing import listing
from ingest.hls.plan import Spot, choose, step
from ingest.rtmp.address import address_of
from ingest.rtmp.amf import decode, encode
from ingest.rtmp.chunks import ChunkReader
from ingest.rtmp.flv_tags import FlvStream, is_key, media
from ingest.rtmp.handshake import RANDOM
from ingest.rtmp.message import Message, RtmpError
from ingest.rtmp.player import PlayerSession
from ingest.rtmp.session import Asked, PublisherSession
from ingest.rtsp.auth import challenge_of, proof
from ingest.rtsp.message import RtspReader
from ingest.rtsp.tracks import description, tracks_of
from ingest.rtsp.transport import granted
from ingest.udp.continuity import Continuity
from ingest.udp.multiplex import Multiplex
from ingest.udp.rtp import RtpOrder, is_stream
from ingest.udp.timeline import Timeline
from tests.ingest.hls_bodies import playlist
from tests.ingest.playout.test_sound_frames import STREAM
from tests.ingest.rtmp_talk import command, heads, opening, picture, sound, talk
from tests.ingest.udp.test_multiplex import FIRST
from tests.soak.parsers.target import Target, answer_of, pieces

_FEED = (FeedError,)
_BASE = "http://10.0.0.5/live/index.m3u8"
_RTMP = (
    ingest.rtmp.chunks, ingest.rtmp.command, ingest.rtmp.amf, ingest.rtmp.flv_tags, ingest.rtmp.handshake,
)
_NAMES = (b"_result", b"onStatus", b"_error", b"connect", b"publish", b"onMetaData", b"@setDataFrame", b"\0\0\x09")
_TAGS = tuple(b"\n" + line for line in (
    b"#EXTM3U", b"#EXT-X-TARGETDURATION:2", b"#EXTINF:2.0,", b"#EXT-X-BYTERANGE:10@20", b"#EXT-X-DISCONTINUITY",
    b"#EXT-X-MEDIA-SEQUENCE:7", b"#EXT-X-KEY:METHOD=NONE", b"#EXT-X-GAP", b'#EXT-X-MAP:URI="a",BYTERANGE="9@0"',
    b"#EXT-X-PROGRAM-DATE-TIME:2026-11-22T01:02:03.840Z", b"#EXT-X-ENDLIST", b"#EXT-X-STREAM-INF:BANDWIDTH=1",
    b'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="a.m3u8"', b"#EXT-X-PART:DURATION=1,URI=\"p\"",
    b'#EXT-X-DATERANGE:ID="1",START-DATE="x"', b"#EXT-X-SKIP:SKIPPED-SEGMENTS=3", b"#EXT-X-DEFINE:NAME=\"a\"",
))


def feed_targets() -> tuple[Target, ...]:
    """All of them."""
    return (*_rtmp_targets(), *_rtsp_targets(), *_stream_targets(), Target(
        name="hls", run=_hls, declared=_FEED, modules=(ingest.hls.listing, ingest.hls.plan, m3u8.parser),
        seeds=_playlists, words=_TAGS,
    ))


def _rtmp_targets() -> tuple[Target, ...]:
    said = talk(*opening("hop"), *heads(), picture(0), sound(20), picture(40, key=False))
    heard = talk(
        command("_result", 1, {}, {"code": "NetConnection.Connect.Success"}), command("_result", 2, None, 1),
        command("onStatus", 0, None, {"level": "status", "code": "NetStream.Play.Start"}), picture(0),
    )
    return (
        Target(
            name="amf", run=_amf, declared=(RtmpError,), modules=(ingest.rtmp.amf,), words=_NAMES,
            seeds=lambda: [encode("connect", 1, {"app": "live", "list": [1, None, True, {"a": "b"}]})],
        ),
        Target(
            name="rtmp-chunks", run=_chunks, declared=(RtmpError,), modules=_RTMP,
            seeds=lambda: [b"\0" + said[3073:], b"\7" + said[3073:]], words=_NAMES,
        ),
        Target(
            name="rtmp-publisher", run=_publisher, declared=(RtmpError,),
            modules=(*_RTMP, ingest.rtmp.session), words=_NAMES,
            seeds=lambda: [b"\0" + said, b"\x40" + said[:3500]],
        ),
        Target(
            name="rtmp-player", run=_player, declared=(RtmpError,), modules=(*_RTMP, ingest.rtmp.player),
            seeds=lambda: [b"\0" + heard], words=_NAMES,
        ),
    )


def _rtsp_targets() -> tuple[Target, ...]:
    reply = (
        b"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nhello$\0\0\4abcd"
        b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"
    )
    sdp = (
        b"v=0\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n"
        b"m=audio 0 RTP/AVP 97\r\na=rtpmap:97 MPEG4-GENERIC/48000/2\r\na=control:rtsp://10.0.0.5/a/track2\r\n"
    )
    asks = b'Digest realm="a", nonce="b", qop="auth,auth-int", algorithm=SHA-256, opaque="c"\nBasic realm="a"'
    return (
        Target(
            name="rtsp-messages", run=_rtsp, declared=_FEED, modules=(ingest.rtsp.message,),
            seeds=lambda: [b"\0" + reply, b"\5" + reply],
            words=(b"\r\n", b"\r\n\r\n", b"Content-Length: 70000", b"$\0\xff\xff", b"RTSP/1.0 401 ", b"CSeq:"),
        ),
        Target(
            name="rtsp-tracks", run=_sdp, declared=_FEED, modules=(ingest.rtsp.tracks, ingest.rtsp.address),
            words=(b"\nm=video 0 RTP/AVP 96", b"\na=control:", b"\na=fmtp:", b"rtsp://", b"\x85"),
            seeds=lambda: [sdp],
        ),
        Target(
            name="rtsp-headers", run=_headers, declared=_FEED,
            modules=(ingest.rtsp.auth, ingest.rtsp.transport),
            words=(b"interleaved=", b"server_port=", b"source="),
            seeds=lambda: [
                b"RTP/AVP/TCP;unicast;interleaved=0-1\n" + asks, b"RTP/AVP;server_port=5000-5001\n" + asks,
            ],
        ),
    )


def _stream_targets() -> tuple[Target, ...]:
    clock = bytes([0x47, 1, 0, 0x30, 7, 0x10, 0, 0, 0x80, 0, 0x7E, 0]) + bytes(176)
    rtp = b"".join(
        struct.pack(">BBHII", 0x80, 33, number, 0, 7) + FIRST[:188] for number in (1, 2, 5, 4, 3, 65_535)
    )
    return (
        Target(
            name="transport-stream", run=_ts, declared=(),
            modules=(ingest.udp.continuity, ingest.udp.multiplex, ingest.udp.timeline),
            seeds=lambda: [FIRST, FIRST + clock * 3], words=(b"\x47\x40\0\x10", FIRST[:188], clock),
        ),
        Target(
            name="rtp", run=_rtp, declared=(), modules=(ingest.udp.rtp,), seeds=lambda: [rtp], words=(rtp[:200],),
        ),
        Target(
            name="matroska", run=_matroska, declared=_FEED, modules=(ingest.blocks,),
            seeds=lambda: [b"\0" + STREAM[:4_000], b"\x11" + STREAM[:1_000]],
            words=(b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75", b"\xa0", b"\xa3\x81\x81", b"\xe7\x81"),
        ),
    )


def _amf(data: bytes) -> None:
    """What was read is written, and reads the same."""
    values = decode(data)
    assert repr(decode(encode(*values))) == repr(values)


def _chunks(data: bytes) -> None:
    """However the bytes are cut, the messages are the same; each becomes tags or is refused."""
    whole = answer_of((RtmpError,), lambda: _messages(data[1:], 0))
    assert whole == answer_of((RtmpError,), lambda: _messages(data[1:], sum(data[:1])))
    stream = FlvStream()
    for message in whole if isinstance(whole, list) else []:
        for found in media(message):
            is_key(found)
            assert stream.add(found)
    assert stream.opening


def _messages(body: bytes, step_: int) -> list[Message]:
    reader, found = ChunkReader(), []
    for piece in pieces(body, step_):
        reader.feed(piece)
        while message := reader.next():
            found.append(message)
    return found


def _publisher(data: bytes) -> None:
    session = PublisherSession(bytes(RANDOM))
    for piece in pieces(data[1:], 16 * sum(data[:1])):
        events = session.receive(piece)
        while events or session.more:
            again = session.accept() if any(isinstance(event, Asked) for event in events) else []
            events = again or (session.go_on() if session.more else [])
    session.output()
    session.leave()


def _player(data: bytes) -> None:
    address = address_of("rtmp://10.0.0.5/live/hop")
    session = PlayerSession(address, bytes(RANDOM))
    for piece in pieces(data[1:], 16 * sum(data[:1])):
        for message in session.receive(piece):
            is_key(message)
    session.output()


def _rtsp(data: bytes) -> None:
    whole = answer_of(_FEED, lambda: _heard(data[1:], 0))
    if isinstance(whole, list):  # a head that is too long is refused earlier when it comes in pieces
        assert answer_of(_FEED, lambda: _heard(data[1:], sum(data[:1]))) == whole
        for item in whole:
            assert getattr(item, "number", 0) >= -1


def _heard(body: bytes, step_: int) -> list[object]:
    reader = RtspReader()
    found: list[object] = []
    for piece in pieces(body, step_):
        reader.feed(piece)
        while item := reader.next():
            found.append(item)
    return found


def _sdp(data: bytes) -> None:
    """Nothing of the server's but plain lines reaches our own front."""
    tracks = tracks_of(data.decode("utf-8", "replace"), "rtsp://10.0.0.5/live")
    told = description(tracks)
    assert told.isascii()
    assert all(line[:2] in ("v=", "o=", "s=", "c=", "t=", "m=", "a=") for line in told.split("\r\n") if line)
    assert told.count("\r\nm=") == len(tracks) <= 8


def _headers(data: bytes) -> None:
    first, *lines = data.decode("utf-8", "replace").split("\n")
    asked = challenge_of(lines)
    if asked:
        proof(asked, "user", "word", "DESCRIBE", "rtsp://10.0.0.5/live", "nonce")
    for tcp in (True, False):
        made = granted(first, tcp=tcp, track=0)
        assert 0 <= made.first < 65_536


def _ts(data: bytes) -> None:
    continuity, multiplex, timeline = Continuity(), Multiplex(), Timeline()
    for number, piece in enumerate(pieces(data, 376)):
        continuity.feed(piece)
        multiplex.feed(memoryview(piece))
        timeline.begun_anew(piece, number * 10_000_000)
    str(multiplex.programme)


def _rtp(data: bytes) -> None:
    """Nothing comes out that did not go in."""
    order = RtpOrder()
    for number, piece in enumerate(pieces(data, 200)):
        is_stream(piece)
        assert all(payload in piece or payload in data for payload in order.feed(piece, number * 5_000_000))


def _matroska(data: bytes) -> None:
    def blocks(step_: int) -> list[object]:
        reader = Blocks()
        return [block for piece in pieces(data[1:], step_) for block in reader.feed(piece)]

    assert answer_of(_FEED, lambda: blocks(0)) == answer_of(_FEED, lambda: blocks(sum(data[:1])))


def _hls(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    choose(text, _BASE, 720, 2)
    found = listing(text, _BASE)
    spot = Spot()
    for idle in (0.0, 10.0, 100.0):
        made = step(found, spot, idle=idle)
        assert made.pause > 0
        for piece in made.pieces:
            assert piece.media.url.startswith(("http://", "https://"))
            spot = spot.past(piece, written=True)


def _playlists() -> list[bytes]:
    many = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=640x360,AUDIO=\"a\"\nlow.m3u8\n"
    return [
        playlist("a.ts", "b.ts", "c.ts").encode(), many + _TAGS[12],
        playlist("a.m4s", init="i.mp4").encode() + b"\n".join(_TAGS[1:11]) + b"\nx.ts\n",
    ]
