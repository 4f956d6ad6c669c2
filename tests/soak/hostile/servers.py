"""Servers that a feed pulls from, and that have rubbish to give."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice

from ingest.rtmp.command import Command
from ingest.rtmp.message import Message
from tests.faults.crafted import rtp_head
from tests.ingest import rtmp_server, rtsp_server
from tests.ingest.rtsp_server import Film, Server
from tests.soak.hostile.pieces import FILM_END, Piece
from tests.soak.hostile.publisher import MOST, messages
from tests.soak.hostile.ways import DATAGRAM, TRANSPORT, Way

_TRANSPORT_SDP = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:track0\r\n"


class RtmpPullWay(Way):
    """A server that plays what a publisher would send, all at once, and has no more."""

    takes = ("flv", "flv", "flv", "ts", "mp4")
    good = "flv"
    copies = "flv"

    def __init__(self, name: str) -> None:
        super().__init__(name, "")

    def script(self, command: Command) -> Sequence[Message] | None:
        """As `rtmp_server.Script`."""
        return rtmp_server.plays(*islice(messages(self.piece), MOST), end=False)(command)


class RtspWay(Way):
    """A server whose description and packets are the piece, if it was made of some; else it has a transport stream
    of those bytes."""

    takes = ("rtsp", "rtsp", "rtsp", *TRANSPORT)
    good = "rtsp"
    copies = "mpegts"

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.server = _Server(Film(sdp=_TRANSPORT_SDP, frames=()), ends=False)

    def place(self, piece: Piece) -> None:
        """From the next description on."""
        super().place(piece)
        if piece.ending == "rtsp":
            sdp, _, self.server.packets = piece.body.partition(FILM_END)
            text = sdp.decode("utf-8", "replace")
        else:
            text, self.server.packets = _TRANSPORT_SDP, b"".join(_packets(piece.body))
        self.server.film = Film(sdp=text, frames=())


class _Server(Server):
    """Sends bytes as they are, packets or not, all at once, and has no more."""

    packets = b""

    async def _play(self, writer: asyncio.StreamWriter, ports: dict[int, tuple[int, int]]) -> None:
        with suppress(ConnectionError):
            writer.write(self.packets)
            await writer.drain()
        await super()._play(writer, ports)


@contextmanager
def rtmp_pull_way(name: str) -> Iterator[RtmpPullWay]:
    """The way and its server."""
    way = RtmpPullWay(name)
    with rtmp_server.serving(way.script) as port:
        way.address = f"rtmp://127.0.0.1:{port}/live/x"
        yield way


@contextmanager
def rtsp_way(name: str) -> Iterator[RtspWay]:
    """The way and its server."""
    way = RtspWay(name)
    with rtsp_server.serving(way.server) as port:
        way.address = f"rtsp://127.0.0.1:{port}/x"
        yield way


def _packets(body: bytes) -> Iterator[bytes]:
    """A transport stream in RTP, interleaved (RFC 2326, 10.12)."""
    for number, at in enumerate(range(0, len(body), DATAGRAM)):
        packet = rtp_head(number, time.monotonic(), 7) + body[at:at + DATAGRAM]
        yield b"$\0" + len(packet).to_bytes(2, "big") + packet
