"""One viewer's connection, between its socket and the server: how long a question may take, and an answer (T-18).

The server counts neither the bytes of a header that never ends nor the seconds in which nobody reads.
"""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from origin.peers import peer_of


@dataclass(frozen=True, slots=True)
class Patience:
    """What a viewers' connection may take.

    A question is whole `question_s` seconds after its first byte (the first of all after the connection), and has
    `question_bytes` at most. Of an answer that fills the buffers `answer_bytes` are taken each `answer_s`
    seconds; less than that plays nothing. It is looked at each `look_s` seconds.
    """

    question_s: float = 10.0
    question_bytes: int = 16 * 1024
    answer_s: float = 20.0
    answer_bytes: int = 80 * 1024
    look_s: float = 1.0


class Callers:
    """Those who are to be looked at now and then (all others cost nothing), and how many come from where.

    One peer (`origin.peers`) may have `peer_limit` connections at a time. `of` has the caller of each connection
    of the server's, `entering` those that are admitted, and not yet among these.
    """

    def __init__(self, patience: Patience, *, peer_limit: int) -> None:
        self.patience = patience
        self._peer_limit = peer_limit
        self._of_peer: Counter[str] = Counter()
        self.of: dict[asyncio.BaseProtocol, Caller] = {}
        self.entering: set[Caller] = set()
        self.asking: set[Caller] = set()
        self.reading: set[Caller] = set()

    def look(self, now: float) -> None:
        """End those whose time is up; `now` is the event loop's clock."""
        for caller in [one for one in self.asking if now - one.since >= self.patience.question_s]:
            caller.end()
        for caller in [one for one in self.reading if now - one.since >= self.patience.answer_s]:
            caller.look(now)

    def come(self, peer: str | None) -> bool:
        """Whether one more may come from there; who may is counted until it has gone."""
        if peer is None:
            return True
        if self._of_peer[peer] >= self._peer_limit:
            return False
        self._of_peer[peer] += 1
        return True

    def gone(self, peer: str | None) -> None:
        """One that came has gone."""
        if peer is not None:
            self._of_peer[peer] -= 1
            if not self._of_peer[peer]:
                del self._of_peer[peer]


class Caller(asyncio.Protocol):
    """Passes everything on, and notes what the server does not. `since` belongs to what is awaited now."""

    def __init__(self, server: asyncio.Protocol, callers: Callers, now: Callable[[], float]) -> None:
        self._server = server
        self._callers = callers
        self._now = now
        self._transport: asyncio.Transport | None = None
        self._peer: str | None = None
        self._inside = False
        self._unheard = 0
        self._left = 0
        self.since = now()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """From now on a question is awaited; unless there are too many of this peer's."""
        self._callers.entering.discard(self)
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
        self._peer = peer_of(_address(transport))
        self._inside = self._callers.come(self._peer)
        if not self._inside:
            self.end()
            return
        _give_up_after(self._callers.patience.answer_s, transport.get_extra_info("socket"))
        self._callers.of[self._server] = self
        self._callers.asking.add(self)
        self._server.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """A question, or a piece of one."""
        if not self._inside:
            return
        if not self._unheard and self not in self._callers.asking:
            self.since = self._now()
            self._callers.asking.add(self)
        self._unheard += len(data)
        if self._unheard > self._callers.patience.question_bytes:
            self.end()
        else:
            self._server.data_received(data)

    def heard(self) -> None:
        """The question is whole."""
        self._unheard = 0
        self._callers.asking.discard(self)

    def pause_writing(self) -> None:
        """The answer waits for its reader."""
        self._await_reader()
        self._callers.reading.add(self)
        self._server.pause_writing()

    def resume_writing(self) -> None:
        """It went on."""
        self._callers.reading.discard(self)
        self._server.resume_writing()

    def eof_received(self) -> bool | None:
        """What the server makes of it."""
        return self._server.eof_received() if self._inside else None

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._callers.asking.discard(self)
        self._callers.reading.discard(self)
        if self._inside:
            self._callers.gone(self._peer)
            del self._callers.of[self._server]
            self._server.connection_lost(exc)

    def look(self, now: float) -> None:
        """End a reader that has not taken enough since the last look."""
        if self._transport is None:
            return
        taken = self._left - self._transport.get_write_buffer_size()
        if taken < self._callers.patience.answer_bytes:
            self.end()
        else:
            self._await_reader(now)

    def end(self) -> None:
        """At once: what waits for a reader who does not read is not waited for."""
        self._callers.asking.discard(self)
        self._callers.reading.discard(self)
        if self._transport is not None:
            self._transport.abort()

    def _await_reader(self, now: float | None = None) -> None:
        self.since = self._now() if now is None else now
        self._left = self._transport.get_write_buffer_size() if self._transport is not None else 0


def _address(transport: asyncio.BaseTransport) -> str | None:
    at = transport.get_extra_info("peername")
    return str(at[0]) if isinstance(at, tuple) and at else None


def _give_up_after(seconds: float, connection: socket.socket | None) -> None:
    """Let the kernel end a connection whose reader takes nothing at all of what the kernel holds (tcp(7))."""
    if connection is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
        with suppress(OSError):  # no TCP
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))
