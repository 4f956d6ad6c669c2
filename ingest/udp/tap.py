"""A feed's sockets, which outlive its decoders: what comes between two of them is kept for the next."""

import logging
import selectors
import socket
import time
from collections import deque
from collections.abc import Iterable
from threading import Event, Lock, Thread

from flow.errors import FeedError
from flow.event import EventKind
from flow.feed import Feed
from ingest.notices import Notices
from ingest.reasons import ANEW, FAILED, LATE
from ingest.udp.clear import clear
from ingest.udp.continuity import Continuity
from ingest.udp.line import UdpLine
from ingest.udp.multiplex import Multiplex
from ingest.udp.rtp import HOLD_NS, HOLD_TWIN_NS, RtpOrder, is_rtp, is_stream, source_of
from ingest.udp.sender_lock import Sender, SenderLock
from ingest.udp.socket import UdpPlace, open_place, places_of
from ingest.udp.timeline import Timeline

_LOOK = 0.2
"""Seconds between looks whether anything came."""
_PATIENCE = 2.0
"""Seconds without a packet after which the connection is over: what comes later is for a new one (F-04)."""
_UNTOLD_NS = 1_500_000_000
"""Nanoseconds for which a stream may come without its tables, which are due each half second (ETSI TR 101 290,
5.2.1) and come from many senders each second."""
_BIGGEST = 65_536
_AT_ONCE = 256
_KEPT = 2 << 20
"""Bytes kept while no decoder reads: what comes in the moment that one takes to be replaced."""

_log = logging.getLogger(__name__)


class UdpTap:
    """Sockets and a thread, from the first `attach` to `stop`. `notices` hears of other senders and streams."""

    def __init__(self, feed: Feed, notices: Notices | None = None) -> None:
        self._places = places_of(feed.address)
        self._notices = notices or Notices()
        self._senders = tuple(SenderLock() for _ in self._places)
        self._program = feed.program
        self._multiplex = Multiplex(feed.program)
        self._order = RtpOrder(hold_ns=HOLD_TWIN_NS if len(self._places) > 1 else HOLD_NS)
        self._continuity = Continuity()
        self._timeline = Timeline()
        self._lock = Lock()
        self._line: UdpLine | None = None
        self._kept: deque[bytes] = deque()
        self._kept_bytes = 0
        self._heard: float | None = None
        self._began_ns = 0
        self._stop = Event()
        self._waker: socket.socket | None = None
        self._thread: Thread | None = None

    def attach(self) -> UdpLine:
        """A line for a new decoder, in place of the last one; raises FeedError when a socket cannot be opened."""
        with self._lock:
            if self._thread is None and not self._stop.is_set():
                self._open()
            if self._line:
                self._line.close()
            self._line = line = UdpLine()
            self._heard = time.monotonic() if self._kept else None
            while self._kept:
                line.write(self._kept.popleft())
            self._kept_bytes = 0
        return line

    def detach(self, line: UdpLine) -> None:
        """Nobody reads that line any more."""
        with self._lock:
            line.close()
            if self._line is line:
                self._line = None

    def stop(self) -> None:
        """Close the sockets. The ports are free when it returns."""
        self._stop.set()
        if self._waker:
            self._waker.close()
        with self._lock:
            thread = self._thread
        if thread:
            thread.join(1.0)

    @property
    def lost(self) -> int:
        """Packets known to be lost on the way."""
        return max(self._order.lost, self._continuity.errors)

    @property
    def refused(self) -> int:
        """Packets of other senders than the one that is taken."""
        return sum(one.refused for one in self._senders)

    @property
    def stranger(self) -> bool:
        """Whether somebody else sends too, just now."""
        now = time.monotonic_ns()
        return any(one.stranger(now) for one in self._senders)

    def _open(self) -> None:
        doors: list[socket.socket] = []
        try:
            for place in self._places:
                doors.append(open_place(place))  # noqa: PERF401 - those that are open are closed when one is not
        except FeedError:
            for door in doors:
                door.close()
            raise
        self._waker, awake = socket.socketpair()
        self._thread = Thread(target=self._run, args=(doors, awake), name="udp", daemon=True)
        self._thread.start()

    def _run(self, doors: list[socket.socket], awake: socket.socket) -> None:
        """Serve until `stop`. What nobody foresaw costs this connection: the next one opens the sockets anew."""
        try:
            self._serve(doors, awake)
        except Exception:  # noqa: BLE001 - the feed is retried; the log has the rest
            _log.exception("the receiver of a UDP feed")
            self._order.begin_anew()
            self._multiplex, self._timeline = Multiplex(self._program), Timeline()
        finally:
            for door in doors:
                door.close()
            with self._lock:
                self._thread = None
                if self._waker:
                    self._waker.close()
                self._forget()
                self._end("" if self._stop.is_set() else FAILED)

    def _serve(self, doors: list[socket.socket], awake: socket.socket) -> None:
        with awake, selectors.DefaultSelector() as selector:
            selector.register(awake, selectors.EVENT_READ)
            for door, place, lock in zip(doors, self._places, self._senders, strict=True):
                door.setblocking(False)
                selector.register(door, selectors.EVENT_READ, (place, lock))
            while not self._stop.is_set():
                for key, _ in selector.select(_LOOK):
                    if isinstance(key.fileobj, socket.socket) and key.data:
                        self._empty(key.fileobj, *key.data)
                self._end_when_silent()

    def _empty(self, door: socket.socket, place: UdpPlace, lock: SenderLock) -> None:
        """Take what waits in a socket, from whom it is wanted."""
        for _ in range(_AT_ONCE):
            try:
                datagram, sender = door.recvfrom(_BIGGEST)
            except BlockingIOError:
                return
            address = sender[0].partition("%")[0]  # of a link-local one the kernel says the interface too
            if place.source in ("", address) and self._wanted(datagram, (address, sender[1]), lock):
                for packets in self._packets(datagram):
                    self._take(packets)

    def _wanted(self, datagram: bytes, where: tuple[str, int], lock: SenderLock) -> bool:
        """Whether it comes from the feed's sender: nobody else's is mixed in (T-10)."""
        now, before = time.monotonic_ns(), lock.sender
        ssrc = source_of(datagram) if is_rtp(datagram) else None
        sender = Sender(address=where[0], port=where[1], ssrc=ssrc)
        if sender != before and not is_stream(datagram):  # what is no stream cannot be the feed
            return False
        if not lock.admits(sender, now):
            if lock.stranger(now):
                self._notices.add(EventKind.STRANGER, str(sender), now)
            return False
        if before not in (None, sender):
            self._begin_anew()
        if change := lock.changed(now):
            kind = EventKind.SENDER_RESTARTED if change.restarted else EventKind.SENDER
            self._notices.add(kind, str(change), now)
        return True

    def _begin_anew(self) -> None:
        """Nothing of the last sender goes before the new one."""
        self._order.begin_anew()
        self._continuity.begin_anew()
        self._timeline = Timeline()
        with self._lock:
            if self._line and self._line.bytes:  # a decoder that has had nothing yet takes whoever comes
                self._end(ANEW)
            self._forget()

    def _packets(self, datagram: bytes) -> Iterable[bytes]:
        if is_rtp(datagram):
            return self._order.feed(datagram, time.monotonic_ns())
        return (datagram,)

    def _take(self, packets: bytes) -> None:
        now = time.monotonic_ns()
        self._began_ns = self._began_ns or now
        untold = self._multiplex.programme is None
        if self._multiplex.feed(packets):
            self._notices.add(EventKind.STREAMS, str(self._multiplex.programme), now)
        anew = self._timeline.begun_anew(packets, now)
        # A decoder that has waited for them would show all that came before in a rush, and then leap (F-16).
        told = untold and self._multiplex.programme is not None
        anew = anew or (told and now - self._began_ns > _UNTOLD_NS)
        if anew:
            self._continuity.begin_anew()
        self._continuity.feed(packets)
        with self._lock:
            if anew:
                self._end(ANEW)
                self._forget()
            self._heard = time.monotonic()
            packets = clear(packets)
            if packets and (self._line is None or not self._line.write(packets)):
                self._keep(packets)

    def _keep(self, packets: bytes) -> None:
        self._kept.append(packets)
        self._kept_bytes += len(packets)
        while self._kept_bytes > _KEPT:
            self._kept_bytes -= len(self._kept.popleft())

    def _forget(self) -> None:
        self._kept.clear()
        self._kept_bytes = 0

    def _end_when_silent(self) -> None:
        with self._lock:
            if self._heard is not None and time.monotonic() - self._heard > _PATIENCE:
                self._heard = None
                self._forget()
                self._end(LATE)

    def _end(self, why: str) -> None:
        if self._line:
            self._line.close(why)
            self._line = None
