"""By which ways bytes come to a feed: a sender that has rubbish to send, or a file with rubbish in it."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from aiohttp import web

from tests.faults.crafted import rtp_head
from tests.faults.relay import free_port
from tests.ingest.serving import serving
from tests.soak.hostile.pieces import Piece

SENDING = 2.0
"""Seconds that a piece is sent for, whatever its size."""
DATAGRAM = 7 * 188
AGAIN = 0.2
LINGER = 0.5
"""Seconds until a sender hangs up: what SRT still holds back would be lost with it."""
TRANSPORT = ("ts", "ts", "ts", "mp4", "mkv", "png")
"""What is mutated for who takes a transport stream: that, mostly; the rest is rubbish to it."""


class Way:
    """One feed of a channel. `takes` are the kinds of clips that are mutated for it, `good` what it can show.

    With `anew` the feed has to begin anew to see another piece; `copies` is the container that a sender who copies
    would use, empty when nobody sends.
    """

    takes: tuple[str, ...]
    good: str
    anew = True
    copies = ""

    def __init__(self, name: str, address: str) -> None:
        self.name = name
        self.address = address
        self.piece = Piece(name="nothing", ending="", body=b"")

    def place(self, piece: Piece) -> None:
        """What comes from now on."""
        self.piece = piece

    def send(self, stop: Event) -> None:
        """Send it once, if this way has a sender; returns when it was sent, or soon after `stop`."""

    def touched(self) -> str:
        """What became of what was placed; empty when nobody changed it."""
        return ""


class FileWay(Way):
    """A file whose content is replaced, with a feed of it: `feed` has the file's path where `{}` stands."""

    def __init__(
        self, name: str, path: Path, *, good: str, takes: tuple[str, ...], feed: str = "{}",
    ) -> None:
        super().__init__(name, feed.format(path))
        self.good, self.takes = good, takes
        self._path = path
        path.touch()

    def place(self, piece: Piece) -> None:
        """Replaced at once: whoever has the old one open goes on with it."""
        super().place(piece)
        draft = self._path.with_name(f"{self._path.name}.draft")
        draft.write_bytes(piece.body)
        draft.chmod(0o644)
        draft.replace(self._path)

    def touched(self) -> str:
        """The bytes are compared."""
        return "" if self._path.read_bytes() == self.piece.body else f"{self._path.name} was written to"


class UdpWay(Way):
    """Datagrams from one socket, as they are or as the payload of RTP."""

    takes = TRANSPORT
    good = "ts"
    anew = False
    copies = "mpegts"

    def __init__(self, name: str, *, rtp: bool = False) -> None:
        self._port = free_port()
        super().__init__(name, f"{'rtp' if rtp else 'udp'}://127.0.0.1:{self._port}")
        self._rtp = rtp
        self._sent = 0
        self._out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, stop: Event) -> None:
        """In datagrams of seven packets, evenly."""
        for part in paced(self.piece.body, stop):
            self._sent += 1
            head = rtp_head(self._sent, time.monotonic(), 7) if self._rtp else b""
            with suppress(OSError):  # nobody listens just now
                self._out.sendto(head + part, ("127.0.0.1", self._port))

    def close(self) -> None:
        """Send nothing more."""
        self._out.close()


class SrtWay(Way):
    """A caller that passes on what it is given, whatever that is."""

    takes = TRANSPORT
    good = "ts"
    anew = False
    copies = "mpegts"

    def __init__(self, name: str, ffmpeg: str) -> None:
        port = free_port()
        super().__init__(name, f"srt://127.0.0.1:{port}?mode=listener&latency=120")
        self._words = (
            ffmpeg, "-nostdin", "-v", "quiet", "-f", "data", "-i", "pipe:0", "-map", "0", "-c", "copy",
            "-f", "data", f"srt://127.0.0.1:{port}?mode=caller&latency=120000&pkt_size={DATAGRAM}&connect_timeout=1000",
        )

    def send(self, stop: Event) -> None:
        """It calls until somebody is there."""
        until = time.monotonic() + SENDING
        while not stop.is_set() and time.monotonic() < until:
            with subprocess.Popen(self._words, stdin=subprocess.PIPE) as caller:
                assert caller.stdin is not None
                with suppress(BrokenPipeError):
                    for part in paced(self.piece.body, stop):
                        caller.stdin.write(part)
                        caller.stdin.flush()
                    stop.wait(LINGER)
                with suppress(BrokenPipeError):
                    caller.stdin.close()
                try:
                    if caller.wait(2) == 0:
                        return
                except subprocess.TimeoutExpired:
                    caller.kill()
            stop.wait(AGAIN)


class HlsWay(Way):
    """A server whose playlist names the piece as every segment, or whose playlist is the piece."""

    takes = ("ts", "ts", "mp4", "m3u8", "mkv")
    good = "ts"
    copies = "mpegts"

    def __init__(self, name: str, base: str, spare: bytes) -> None:
        """`base` is the address of a server that asks `answer`; `spare` the media in a broken playlist."""
        super().__init__(name, f"{base}/live.m3u8")
        self._spare = spare
        self._number = 0

    def place(self, piece: Piece) -> None:
        """Numbers go on, as at a server that stays."""
        super().place(piece)
        self._number += 3

    async def answer(self, request: web.Request) -> web.Response:
        """The playlist, or media under any other name."""
        piece = self.piece
        if not request.path.endswith("live.m3u8"):
            return web.Response(body=self._spare if piece.ending == "m3u8" else piece.body)
        return web.Response(body=piece.body if piece.ending == "m3u8" else self._listing(piece).encode())

    def _listing(self, piece: Piece) -> str:
        ending = piece.ending or "ts"
        head = f"#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:{self._number}\n"
        init = '#EXT-X-MAP:URI="init.mp4"\n' if ending in {"mp4", "m4s"} else ""
        return head + init + "".join(f"#EXTINF:2.0,\n{self._number + at}.{ending}\n" for at in range(3))


@contextmanager
def hls_way(name: str, spare: bytes) -> Iterator[HlsWay]:
    """An HLS way and its server."""
    ways: list[HlsWay] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        return await ways[0].answer(request)

    with serving(answer) as base:
        ways.append(HlsWay(name, base, spare))
        yield ways[0]


def paced(body: bytes, stop: Event) -> Iterator[bytes]:
    """The bytes in pieces of a datagram, spread over the time that a sending takes; ends early with `stop`."""
    began = time.monotonic()
    for at in range(0, len(body), DATAGRAM):
        if stop.wait(max(0.0, began + SENDING * at / len(body) - time.monotonic())):
            return
        yield body[at:at + DATAGRAM]
