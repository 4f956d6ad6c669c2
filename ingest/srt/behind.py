"""What comes behind a leap of a sender's clock and is from before it. Pure."""

from ingest.udp.continuity import pid_of
from ingest.udp.timeline import WRAP

_HEAD = b"\x00\x00\x01"
_TIMED = 0x80


class Behind:
    """Of one leap. A front puts its streams in the order of their times: across a leap the last frames of the one
    come behind the first pictures of the other. A decoder that began with them would tear sound from picture.

    `before` and `after` are the clock's readings on both sides, in its units of 1/90,000 s; `pid` is the stream
    that told them, which has leapt itself.
    """

    def __init__(self, before: int, after: int, pid: int) -> None:
        self._before = before
        self._after = after
        self._arrived = {pid}

    def belongs(self, packet: bytes) -> bool:
        """Whether a packet, one after the other, is from behind the leap: all of a stream's are from its first one
        that begins with a time nearer to the new clock (ISO/IEC 13818-1, 2.4.3.7)."""
        pid = pid_of(packet)
        if pid not in self._arrived and packet[1] & 0x40 and self._is_new(packet):
            self._arrived.add(pid)
        return pid in self._arrived

    def _is_new(self, packet: bytes) -> bool:
        """What has no time may be from anywhere, and can be placed wrongly by nobody."""
        start = 5 + packet[4] if packet[3] & 0x20 else 4
        head = packet[start:start + 14]
        if len(head) < 14 or head[:3] != _HEAD or not head[7] & _TIMED:
            return True
        shown = (head[9] >> 1 & 7) << 30 | head[10] << 22 | head[11] >> 1 << 15 | head[12] << 7 | head[13] >> 1
        return _apart(shown, self._after) <= _apart(shown, self._before)


def _apart(one: int, other: int) -> int:
    """How far two readings are from each other, either way round the counter (F-14)."""
    return min((one - other) % WRAP, (other - one) % WRAP)
