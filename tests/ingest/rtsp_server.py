"""An RTSP server to pull from, in a thread of its own: it answers as told, with packets that FFmpeg made."""

import asyncio
import re
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event, Thread

from ingest.rtsp.message import Frame, RtspMessage, RtspReader, answer
from tests.ingest.media import FFMPEG, SENT, picture, sound


@dataclass(frozen=True)
class Film:
    """A description, and packets of RTP and RTCP with their channels."""

    sdp: str
    frames: tuple[Frame, ...]

    def again(self, turn: int, seconds: float) -> list[Frame]:
        """The packets of RTP for one more time round, as they are due: numbers and times go on (RFC 3550, 5.1)."""
        due = list[tuple[float, Frame]]()
        for track, hertz in enumerate(map(int, re.findall(r"a=rtpmap:\d+ [\w-]+/(\d+)", self.sdp))):
            bodies = [frame.body for frame in self.frames if frame.channel == 2 * track]
            heads = [struct.unpack(">HHI", body[:8]) for body in bodies]
            for (kind, number, stamp), body in zip(heads, bodies, strict=True):
                moved = struct.pack(
                    ">HHI", kind, (number + turn * len(bodies)) & 0xFFFF,
                    (stamp + int(turn * seconds * hertz)) & 0xFFFF_FFFF,
                )
                since = (stamp - heads[0][2] & 0xFFFF_FFFF) / hertz
                due.append((since, Frame(channel=2 * track, body=moved + body[8:])))
        return [frame for _, frame in sorted(due, key=lambda one: one[0])]


def film(folder: Path, *coding: str, seconds: float = 2) -> Film:
    """What FFmpeg sends of a picture and a sound."""
    with closing(_ports()) as doors:
        first, second, third, fourth = next(doors)
        ports = [door.getsockname()[1] for door in (first, third)]
        sdp = folder / "film.sdp"
        subprocess.run([
            FFMPEG, "-v", "error", "-nostdin", *picture(seconds=seconds), *sound(seconds), *(coding or SENT),
            "-map", "0", "-f", "rtp", f"rtp://127.0.0.1:{ports[0]}?pkt_size=1200",
            "-map", "1", "-f", "rtp", f"rtp://127.0.0.1:{ports[1]}?pkt_size=1200", "-sdp_file", sdp,
        ], check=True)
        frames = tuple(
            Frame(channel=channel, body=body)
            for channel, door in enumerate((first, second, third, fourth)) for body in _waiting(door)
        )
    lines = sdp.read_text("utf-8").partition("v=0")
    text = "v=0" + re.sub(r"^(m=\w+) \d+", r"\1 0", lines[2], flags=re.MULTILINE)
    return Film(sdp=_controlled(text), frames=frames)


def _controlled(text: str) -> str:
    head, *media = re.split(r"^(?=m=)", re.sub(r"a=control:.*\n", "", text), flags=re.MULTILINE)
    return head + "".join(f"{one}a=control:track{at}\n" for at, one in enumerate(media))


def _ports() -> Iterator[tuple[socket.socket, ...]]:
    """Two pairs of neighbouring ports."""
    found: list[socket.socket] = []
    while len(found) < 4:
        one = socket.socket(type=socket.SOCK_DGRAM)
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
        two = socket.socket(type=socket.SOCK_DGRAM)
        try:
            two.bind(("127.0.0.1", port + 1))
        except OSError:
            two.close()
        if port % 2 or two.fileno() < 0:
            one.close()
            two.close()
            continue
        found += [one, two]
    for door in found:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    try:
        yield tuple(found)
    finally:
        for door in found:
            door.close()


def _waiting(door: socket.socket) -> Iterator[bytes]:
    door.setblocking(False)
    while True:
        try:
            yield door.recv(65_536)
        except BlockingIOError:
            return


@dataclass
class Server:
    """How it answers. `heard` are the requests that came, each as method and address."""

    film: Film
    status: str = ""
    location: str = ""
    at: str = "DESCRIBE"
    """The method that is answered with `status`."""
    base: str = ""
    asks: str = ""
    """A line of WWW-Authenticate; requests without an answer to it are refused."""
    udp: bool = False
    source: str = ""
    ends: bool = True
    lasts: float = 0.0
    """Seconds of the film when it is played at its own pace, again and again; 0 for at once, and once."""
    heard: list[RtspMessage] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser, ports = RtspReader(), dict[int, tuple[int, int]]()
        try:
            while data := await reader.read(1 << 16):
                parser.feed(data)
                while item := parser.next():
                    if isinstance(item, RtspMessage) and not writer.is_closing():
                        self.heard.append(item)
                        writer.write(self._answer(item, ports))
                        if item.method == "PLAY":
                            await self._play(writer, ports)
        except ConnectionError:
            pass
        finally:
            writer.close()

    def _answer(self, asked: RtspMessage, ports: dict[int, tuple[int, int]]) -> bytes:
        words = {"CSeq": asked.header("cseq")}
        if self.asks and not asked.header("authorization"):
            return answer("401 Unauthorized", {**words, "WWW-Authenticate": self.asks})
        if self.status and asked.method == self.at:
            return answer(self.status, {**words, **({"Location": self.location} if self.location else {})})
        match asked.method:
            case "OPTIONS":
                return answer("200 OK", {**words, "Public": "DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"})
            case "DESCRIBE":
                base = self.base or f"{asked.url}/"
                return answer("200 OK", {**words, "Content-Base": base}, self.film.sdp.encode())
            case "SETUP":
                return self._set_up(asked, words, ports)
            case "PLAY":
                return answer("200 OK", {**words, "Session": "abc"})
        return answer("200 OK", words)

    def _set_up(self, asked: RtspMessage, words: dict[str, str], ports: dict[int, tuple[int, int]]) -> bytes:
        way = asked.header("transport")
        wanted = re.search(r"client_port=(\d+)-(\d+)", way)
        if self.udp and not wanted:
            return answer("461 Unsupported Transport", words)
        if wanted:
            ports[len(ports)] = int(wanted[1]), int(wanted[2])
            way += ";server_port=50000-50001" + (f";source={self.source}" if self.source else "")
        return answer("200 OK", {**words, "Session": "abc;timeout=60", "Transport": way})

    async def _play(self, writer: asyncio.StreamWriter, ports: dict[int, tuple[int, int]]) -> None:
        if self.lasts:
            await self._play_on(writer)
        elif not ports:
            writer.write(b"".join(map(bytes, self.film.frames)))
        with socket.socket(type=socket.SOCK_DGRAM) as out:
            out.bind(("127.0.0.1", 0))
            for frame in self.film.frames if ports else ():
                out.sendto(frame.body, ("127.0.0.1", ports[frame.channel // 2][frame.channel % 2]))
                await asyncio.sleep(0)
        await writer.drain()
        if self.ends:
            writer.close()


    async def _play_on(self, writer: asyncio.StreamWriter) -> None:
        """Until there is something else to answer."""
        for turn in count():
            packets = self.film.again(turn, self.lasts)
            for packet in packets:
                if self.status:
                    return
                writer.write(bytes(packet))
                await writer.drain()
                await asyncio.sleep(self.lasts / len(packets))


@contextmanager
def serving(server: Server) -> Iterator[int]:
    """Let it listen; gives its port."""
    loop, ready = asyncio.new_event_loop(), Event()

    async def begin() -> asyncio.Server:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        server.port = listening.sockets[0].getsockname()[1]
        return listening

    def run() -> None:
        listening = loop.run_until_complete(begin())
        ready.set()
        loop.run_forever()
        listening.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = Thread(target=run)
    thread.start()
    ready.wait(10)
    try:
        yield server.port
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
