"""An RTSP feed's packets over UDP: pairs of ports, and nobody's packets but the server's (T-10)."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import closing
from functools import partial

from flow.errors import FeedError
from ingest.rtsp.message import Frame
from ingest.rtsp.transport import Transport

_ROOM = 4 << 20
_TRIES = 64
_OPENING = b"\x80\xc9\x00\x01\x00\x00\x00\x00"
"""An empty receiver report (RFC 3550, 6.4.2): it opens the way back through a firewall."""

Sink = Callable[[Frame], None]


class Datagrams:
    """The pairs of one stream, in the order of its tracks. `ours` is the address that the server was called from,
    `server` the one that was called. `sink` takes what comes, by the channels that our front knows."""

    sink: Sink | None = None

    def __init__(self, ours: str, server: str) -> None:
        self._ours = ours
        self._server = server
        self._ends: list[asyncio.DatagramTransport] = []
        self._ports: list[int] = []

    async def pair(self) -> int:
        """Open one pair more; its even port. Raises FeedError when there is none."""
        track = len(self._ends) // 2
        loop = asyncio.get_running_loop()
        for at, door in enumerate(_pair(self._ours)):
            packets = partial(_Packets, self._server, 2 * track + at, self._take)
            end, _ = await loop.create_datagram_endpoint(packets, sock=door)
            self._ends.append(end)
        return int(self._ends[-2].get_extra_info("sockname")[1])

    def admit(self, transports: tuple[Transport, ...]) -> None:
        """Learn where the server's ends are, and open the way to them.

        Raises FeedError when its packets would come from another machine than the one that was called (T-04).
        """
        for transport in transports:
            if transport.source and transport.source != self._server:
                reason = f"the RTSP server sends its packets from {transport.source}, not from itself"
                raise FeedError(reason)
            self._ports += [transport.first, transport.second]
        for at in range(len(self._ports)):
            self.send(at, _OPENING)

    def send(self, channel: int, body: bytes) -> None:
        """A packet of ours, by the channel that our front knows."""
        if channel < len(self._ports) and self._ports[channel]:
            self._ends[channel].sendto(body, (self._server, self._ports[channel]))

    def close(self) -> None:
        """Free the ports."""
        for end in self._ends:
            end.close()

    def _take(self, frame: Frame) -> None:
        if self.sink:
            self.sink(frame)


class _Packets(asyncio.DatagramProtocol):
    def __init__(self, server: str, channel: int, sink: Sink) -> None:
        self._server = server
        self._channel = channel
        self._sink = sink

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Who may send is known by address alone; the port may be another one behind a translating router."""
        if addr[0] == self._server:
            self._sink(Frame(channel=self._channel, body=data))


def _pair(ours: str) -> list[socket.socket]:
    """Two sockets on neighbouring ports, the first one even (RFC 3550, section 11)."""
    for _ in range(_TRIES):
        first = _open(ours, 0)
        if first is None:
            continue
        port = first.getsockname()[1]
        second = _open(ours, port + 1) if port % 2 == 0 else None
        if second is not None:
            return [first, second]
        with closing(first):
            continue
    reason = "no two UDP ports are free for the RTSP feed"
    raise FeedError(reason)


def _open(host: str, port: int) -> socket.socket | None:
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
        door.setblocking(False)
        door.bind((host, port))
    except OSError:
        door.close()
        return None
    return door
