"""A carrier for transport streams over UDP and RTP: our own socket, so that senders are told apart and counted."""

import os
import selectors
import socket
import time
from collections.abc import Iterable
from threading import Event, Thread

from flow.errors import FeedError
from flow.feed import Feed
from ingest.carrier import Carried
from ingest.continuity import PACKET, Continuity
from ingest.pipes import wide_pipe
from ingest.reasons import LATE
from ingest.rtp import HOLD_NS, HOLD_TWIN_NS, RtpOrder, is_rtp
from ingest.udp_socket import UdpPlace, open_place, places_of

_LOOK = 0.2
"""Seconds between looks whether it is to stop."""
_PATIENCE = 2.0
"""Seconds without a packet after which the connection counts as over: what comes later is a new one (F-04)."""
_BIGGEST = 65_536
_ATOMIC = 4_096 // PACKET * PACKET
"""A write of no more than PIPE_BUF goes into a pipe whole or not at all (POSIX)."""
NO_STREAM = "what arrives is no transport stream"
_FOREIGN = 50
"""Datagrams of an unknown kind after which status says so."""


class UdpReceiver:
    """One feed's sockets and a thread. A full pipe loses packets, as the network would: nothing may pile up."""

    def __init__(self, feed: Feed) -> None:
        self._places = places_of(feed.address)
        self._order = RtpOrder(hold_ns=HOLD_TWIN_NS if len(self._places) > 1 else HOLD_NS)
        self._continuity = Continuity()
        self._bytes = 0
        self._dropped = 0
        self._strangers = 0
        self._stop = Event()
        self._thread: Thread | None = None
        self._waker: socket.socket | None = None
        self.trouble = ""

    def start(self) -> list[int]:
        """As `Carrier` says."""
        doors: list[socket.socket] = []
        try:
            doors += [open_place(place) for place in self._places]
        except FeedError:
            for door in doors:
                door.close()
            raise
        reading, writing = wide_pipe()
        os.set_blocking(writing, False)
        self._waker, awake = socket.socketpair()
        thread = Thread(target=self._serve, args=(doors, awake, writing), name="udp", daemon=True)
        thread.start()
        self._thread = thread  # only now: `stop` joins what it finds
        return [reading]

    def stop(self) -> None:
        """As `Carrier` says. The port is free when it returns."""
        self._stop.set()
        if self._waker:
            self._waker.close()
        if self._thread:
            self._thread.join(1.0)

    @property
    def carried(self) -> Carried:
        """As `Carrier` says."""
        return Carried(bytes=self._bytes, lost=max(self._order.lost, self._continuity.errors) + self._dropped)

    def _serve(self, doors: list[socket.socket], awake: socket.socket, out: int) -> None:
        try:
            with awake, selectors.DefaultSelector() as selector:
                selector.register(awake, selectors.EVENT_READ)
                for door, place in zip(doors, self._places, strict=True):
                    door.setblocking(False)
                    selector.register(door, selectors.EVENT_READ, place)
                self._receive(selector, out)
        except BrokenPipeError:
            pass  # the decoder has gone
        finally:
            os.close(out)
            for door in doors:
                door.close()

    def _receive(self, selector: selectors.BaseSelector, out: int) -> None:
        heard: float | None = None
        while not self._stop.is_set():
            ready = selector.select(_LOOK)
            for key, _ in ready:
                place = key.data  # none: somebody stops us
                if place and isinstance(key.fileobj, socket.socket) and self._empty(key.fileobj, place, out):
                    heard = time.monotonic()
            if heard is not None and time.monotonic() - heard > _PATIENCE:
                self.trouble = LATE
                return

    def _empty(self, door: socket.socket, place: UdpPlace, out: int) -> bool:
        """Take what waits in a socket; whether anything of ours was there."""
        any_of_ours = False
        for _ in range(256):
            try:
                datagram, sender = door.recvfrom(_BIGGEST)
            except BlockingIOError:
                break
            if place.source and sender[0] != place.source:
                self._strangers += 1
                continue
            any_of_ours = True
            self._hand_on(self._packets(datagram), out)
        return any_of_ours

    def _packets(self, datagram: bytes) -> Iterable[bytes]:
        if is_rtp(datagram):
            return self._order.feed(datagram, time.monotonic_ns())
        return (datagram,)

    def _hand_on(self, pieces: Iterable[bytes], out: int) -> None:
        for piece in pieces:
            self._continuity.feed(piece)
            for at in range(0, len(piece), _ATOMIC):
                try:
                    self._bytes += os.write(out, piece[at:at + _ATOMIC])
                except BlockingIOError:
                    self._dropped += 1
