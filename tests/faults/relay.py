"""A relay for datagrams between a sender and xacast that is a bad network, the same one for the same seed."""

import asyncio
import socket
from collections.abc import Callable
from threading import Event, Thread
from time import time
from typing import Self

from tests.faults.impairment import CLEAN, Counts, Impairment, Path

_HOST = "127.0.0.1"
_BUFFER = 4 << 20
_SILENT = 1.0
"""Seconds after which a sender's address that speaks again is taken for another sender's: the system gives a port
that was left to whoever asks next, about once in so many senders as there are ports."""


def free_port() -> int:
    """A UDP port that nobody has now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((_HOST, 0))
        return int(taken.getsockname()[1])


class Arrivals:
    """When each sender came, told apart by address and by silence. Wall times in seconds."""

    def __init__(self) -> None:
        self._came: list[float] = []
        self._heard: dict[tuple[str, int], float] = {}

    def hear(self, sender: tuple[str, int], now: float) -> None:
        """A datagram came."""
        if now - self._heard.get(sender, float("-inf")) >= _SILENT:
            self._came.append(now)
        self._heard[sender] = now

    def since(self, wall: float) -> list[float]:
        """When new senders came at or after a wall time."""
        return [came for came in self._came if came >= wall]


class Relay:
    """Takes datagrams at `port`, passes them to `target`, and the answers back to whoever sent.

    Each sender's address gets a socket of its own towards the target, so that a second sender is a second peer.
    `arrivals` knows when each sender came. It lives in a thread of its own.
    """

    def __init__(self, target: int, seed: int = 1) -> None:
        self.target = target
        self.port = 0
        self.arrivals = Arrivals()
        self._up = Path(f"{seed}/up")
        self._down = Path(f"{seed}/down")
        self._peers: dict[tuple[str, int], asyncio.DatagramTransport] = {}
        self._waiting: dict[tuple[str, int], list[bytes]] = {}
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._thread = Thread(target=self._run, name="relay", daemon=True)
        self._opening: set[asyncio.Task[None]] = set()
        self._front: asyncio.DatagramTransport | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(10):
            message = "the relay did not come up"
            raise RuntimeError(message)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def counts(self) -> tuple[Counts, Counts]:
        """What was done to sender's datagrams, and to the answers."""
        return self._up.counts, self._down.counts

    def since(self, wall: float) -> list[float]:
        """When new senders came after a wall time."""
        return self.arrivals.since(wall)

    def become(self, up: Impairment = CLEAN, down: Impairment = CLEAN) -> None:
        """Another network from now on."""
        done = Event()

        def change() -> None:
            self._up.become(up, self._loop.time())
            self._down.become(down, self._loop.time())
            done.set()

        self._loop.call_soon_threadsafe(change)
        done.wait(5)

    def taken(self, data: bytes, sender: tuple[str, int]) -> None:
        """A datagram came from a sender."""
        self.arrivals.hear(sender, time())
        if peer := self._peers.get(sender):
            self._pass(self._up, data, peer.sendto)
            return
        if sender not in self._waiting:
            self._waiting[sender] = []
            task = self._loop.create_task(self._open(sender))
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)
        self._waiting[sender].append(data)

    def answered(self, data: bytes, sender: tuple[str, int]) -> None:
        """A datagram came back for a sender."""
        front = self._front
        if front is not None:
            self._pass(self._down, data, lambda late: front.sendto(late, sender))

    def _pass(self, path: Path, data: bytes, send: Callable[[bytes], None]) -> None:
        for wait, sent in path.through(data, self._loop.time()):
            if wait > 0:
                self._loop.call_later(wait, send, sent)
            else:
                send(sent)

    async def _open(self, sender: tuple[str, int]) -> None:
        transport, _ = await self._loop.create_datagram_endpoint(
            lambda: _Peer(self, sender), remote_addr=(_HOST, self.target),
        )
        self._peers[sender] = transport
        for data in self._waiting[sender]:
            self._pass(self._up, data, transport.sendto)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        front, _ = self._loop.run_until_complete(
            self._loop.create_datagram_endpoint(lambda: _Front(self), local_addr=(_HOST, 0))
        )
        front.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._front, self.port = front, front.get_extra_info("sockname")[1]
        self._ready.set()
        self._loop.run_forever()
        for transport in (front, *self._peers.values()):
            transport.abort()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()


class _Front(asyncio.DatagramProtocol):
    def __init__(self, relay: Relay) -> None:
        self._relay = relay

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._relay.taken(data, addr)


class _Peer(asyncio.DatagramProtocol):
    """Towards xacast; that nobody listens there just now is no error of the relay's."""

    def __init__(self, relay: Relay, sender: tuple[str, int]) -> None:
        self._relay = relay
        self._sender = sender

    def datagram_received(self, data: bytes, _: tuple[str, int]) -> None:
        self._relay.answered(data, self._sender)

    def error_received(self, _: Exception) -> None:
        return
