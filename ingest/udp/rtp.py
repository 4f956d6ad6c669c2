"""Takes transport-stream packets out of RTP (RFC 3550, RFC 2250) and puts them in order. No I/O, no clock.

Two flows of the same packets over different ways are merged by their numbers (as in SMPTE ST 2022-7): what one way
loses the other may bring.
"""

from collections.abc import Iterator

from ingest.udp.continuity import PACKET, SYNC

MP2T = 33
"""The payload type of a transport stream (RFC 3551, table 5)."""

HOLD_NS = 50_000_000
"""How long a packet waits for an earlier one that is late."""
HOLD_TWIN_NS = 450_000_000
"""With two ways, whose delays may differ so much (ST 2022-7, class C)."""
MOST = 4_096
"""Packets that may wait at all."""

_HEAD = 12
_WRAP = 1 << 16
_FAR = 3_000
"""A number so far from the expected one begins a new count: the sender was restarted (RFC 3550, A.1)."""


def is_rtp(datagram: bytes | memoryview) -> bool:
    """Whether it looks like RTP: version 2. A bare transport stream begins with 0x47."""
    return len(datagram) >= _HEAD and datagram[0] >> 6 == 2


def is_stream(datagram: bytes | memoryview) -> bool:
    """Whether a datagram carries a transport stream, in RTP or bare."""
    if is_rtp(datagram):
        return _payload(datagram) is not None
    return len(datagram) >= PACKET and datagram[0] == SYNC


def source_of(datagram: bytes | memoryview) -> int:
    """The number that an RTP packet's source has chosen for itself, its SSRC (RFC 3550, 5.1)."""
    return int.from_bytes(datagram[8:12], "big")


class RtpOrder:
    """One flow, or two twins of one."""

    def __init__(self, *, hold_ns: int = HOLD_NS) -> None:
        self._hold_ns = hold_ns
        self._waiting: dict[int, tuple[int, bytes]] = {}
        self._next: int | None = None
        self._new_ns = 0
        self._old: int | None = None
        self.lost = 0
        self.strangers = 0
        """Datagrams that are no RTP with a transport stream in it."""

    def feed(self, datagram: bytes | memoryview, now_ns: int) -> Iterator[bytes]:
        """Payloads that are due at `now_ns`, in order."""
        payload = _payload(datagram)
        if payload is None:
            self.strangers += 1
            return
        number = int.from_bytes(datagram[2:4], "big")
        if self._next is None:
            self._next = number
        ahead = (number - self._next) % _WRAP
        before = ahead >= _WRAP - _FAR
        if before and not self._anew(number, now_ns):  # it came by this way or the other, or too late
            return
        if before or ahead > _FAR:
            yield from self._restart(number)
        self._new_ns = now_ns
        self._waiting.setdefault(number, (now_ns, payload))
        yield from self._due()
        while self._waiting and (self._too_old(now_ns) or len(self._waiting) > MOST):
            yield from self._skip()

    def begin_anew(self) -> None:
        """What comes now is counted by somebody else: nothing that waits belongs to it."""
        self._waiting.clear()
        self._next = None

    def _anew(self, number: int, now_ns: int) -> bool:
        """Whether the sender counts anew from a little before: two old numbers in a row (RFC 3550, A.1), and
        nothing new for longer than any way is late."""
        follows = self._old is not None and number == (self._old + 1) % _WRAP
        self._old = number
        return follows and now_ns - self._new_ns > 2 * self._hold_ns

    def _due(self) -> Iterator[bytes]:
        while self._next is not None and self._next in self._waiting:
            yield self._waiting.pop(self._next)[1]
            self._next = (self._next + 1) % _WRAP

    def _too_old(self, now_ns: int) -> bool:
        first = next(iter(self._waiting.values()))  # insertion is in the order of coming
        return now_ns - first[0] > self._hold_ns

    def _skip(self) -> Iterator[bytes]:
        """Give up what is missing before the first one that waits."""
        start = self._next or 0
        first = min(self._waiting, key=lambda number: (number - start) % _WRAP)
        self.lost += (first - start) % _WRAP
        self._next = first
        yield from self._due()

    def _restart(self, number: int) -> Iterator[bytes]:
        """Everything that waits goes before a new count begins."""
        while self._waiting:
            yield from self._skip()
        self._next = number


def _payload(datagram: bytes | memoryview) -> bytes | None:
    """The payload, without the list of sources, extension and padding (RFC 3550, 5.1); None when it is none."""
    if not is_rtp(datagram) or datagram[1] & 0x7F != MP2T:
        return None
    first = datagram[0]
    start = _HEAD + 4 * (first & 0x0F)
    if first & 0x10:
        if len(datagram) < start + 4:
            return None
        start += 4 + 4 * int.from_bytes(datagram[start + 2:start + 4], "big")
    end = len(datagram) - (datagram[-1] if first & 0x20 else 0)
    return bytes(datagram[start:end]) if start < end else None
