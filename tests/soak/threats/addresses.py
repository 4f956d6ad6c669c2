"""T-04: a hostile server leads the running product's HLS feeds to a listener of this machine, by every spelling.

The server stands at one address of the loopback, the canary at another and at ::1. Each address of the corpus is
served as a segment, an init section, a key, a variant and a redirection. Nobody may come to the canary. What needs
a resolver that lies is in `tests/ingest/test_hls_attacks.py`: the running product asks the system's.
"""

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any, cast

from tests.ingest.hostile_urls import hostile_urls
from tests.soak.hostile.ways import Way
from tests.soak.threats.house import House, house, proven
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

SIDE = "127.0.0.2"
CHANNELS, FEEDS = 2, 8
TURNS = 30
PATIENCE = 150.0
"""Seconds for the addresses of a turn: a feed that fails is tried again after 8 s at most."""
HEAD = "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:{}\n"
SHAPES = (
    HEAD + "#EXTINF:2,\n{}\n",
    HEAD + '#EXT-X-MAP:URI="{}"\n#EXTINF:2,\n/ok.m4s\n',
    HEAD + '#EXT-X-KEY:METHOD=AES-128,URI="{}"\n#EXTINF:2,\n/ok.ts\n',
    "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-STREAM-INF:BANDWIDTH={}00000\n{}\n",
)


def answer(text: str, shape: int, number: int) -> bytes:
    """A whole answer of HTTP that leads there: a redirection, or a playlist of a shape."""
    led = text.encode("utf-8", "surrogatepass")
    if shape == len(SHAPES):
        return b"HTTP/1.1 302 Found\r\nLocation: " + led + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    before, _, after = SHAPES[shape].partition("{}")
    first, _, last = after.partition("{}")
    body = (before + str(number) + first).encode() + led + last.encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body


class Canary:
    """Counts who comes, at both loopbacks, at one port."""

    def __init__(self, stack: ExitStack) -> None:
        self._doors = [stack.enter_context(socket.create_server(("127.0.0.1", 0)))]
        self.port = int(self._doors[0].getsockname()[1])
        if socket.has_ipv6:
            self._doors.append(
                stack.enter_context(socket.create_server(("::1", self.port), family=socket.AF_INET6)))
        for door in self._doors:
            door.setblocking(False)

    def visits(self) -> int:
        """Since it was asked last."""
        found = 0
        for door in self._doors:
            try:
                while True:
                    door.accept()[0].close()
                    found += 1
            except BlockingIOError:
                continue
        return found


class Server(socketserver.ThreadingTCPServer):
    """Serves one address of what it was given with each playlist that is asked for."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__((SIDE, 0), _Visit)
        self.left: list[tuple[str, int]] = []
        self.lock = threading.Lock()
        self.numbers = count(1, 3)
        self.followed = 0

    def next(self) -> bytes:
        """The next answer; a playlist of nothing when all were given."""
        with self.lock:
            text, shape = self.left.pop() if self.left else ("/ok.ts", 0)
            return answer(text, shape, next(self.numbers))


class _Visit(socketserver.StreamRequestHandler):
    timeout = 5

    def handle(self) -> None:
        asked = self.rfile.readline(4_096)
        while self.rfile.readline(4_096).strip():
            pass
        server = cast("Any", self.server)
        if b".m3u8" in asked:
            self.wfile.write(server.next())
        else:
            server.followed += 1
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 188\r\nConnection: close\r\n\r\nG" + bytes(187))


class Leading:
    """Channels whose feeds are all of that server."""

    def __init__(self, at: House, stack: ExitStack) -> None:
        self._canary, self._server = Canary(stack), stack.enter_context(Server())
        self._at = at
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        stack.callback(self._server.shutdown)
        named = f"{SIDE}:{self._server.server_address[1]}"
        texts = list(hostile_urls(named, self._canary.port))
        self.corpus = [(text, shape) for shape in range(len(SHAPES) + 1) for text in texts]
        self._channels = [
            at.channel(f"led-{one}", *(
                Way(f"feed {feed}", f"http://{named}/{one}/{feed}/x.m3u8") for feed in range(FEEDS)
            )) for one in range(CHANNELS)
        ]

    def turn(self, number: int) -> Outcome:
        """Some of all that there are."""
        return proven(self._at, self._channels, lambda: self._turn(number))

    def _turn(self, number: int) -> Outcome:
        for channel in self._channels:
            channel.judged()
        mine = self.corpus[number::TURNS]
        self._server.left, self._server.followed = list(mine), 0
        until, losses = time.monotonic() + PATIENCE, list[str]()
        while self._server.left and time.monotonic() < until:
            time.sleep(1)
        time.sleep(2)  # until the last ones have been followed
        served, visits = len(mine) - len(self._server.left), self._canary.visits()
        faults = [f"somebody came to the canary {visits} times"] if visits else []
        if served < len(mine):
            losses.append(f"{len(mine) - served} addresses were not asked for")
        followed = self._server.followed
        if not followed:
            losses.append("not even the server's own media was asked for")
        losses += [what for channel in self._channels for what in channel.judged()]
        counts = {"addresses": served, "visits": visits, "followed to the server itself": followed}
        return Outcome(counts=counts, faults=tuple(faults), losses=tuple(losses))


@contextmanager
def leading(_: Wishes) -> Iterator[Turn]:
    """A server, a canary and two channels."""
    with house() as at, ExitStack() as stack:
        yield Leading(at, stack).turn


ADDRESSES = Row(threat="T-04", name="addresses", turns=TURNS, open=leading)
