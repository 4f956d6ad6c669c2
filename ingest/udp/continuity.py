"""Counts what is missing in a transport stream, by its packets' continuity counters (ISO/IEC 13818-1, 2.4.3.3).

No I/O. The count is the health figure that TR 101 290 calls Continuity_count_error.
"""

PACKET = 188
SYNC = 0x47
_NULL = 0x1FFF
_DISCONTINUITY = 0x80


class Continuity:
    """The counters of one stream."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}
        self.errors = 0
        """Places where packets are missing, or are none."""

    def begin_anew(self) -> None:
        """Another stream comes now, with counters of its own: its first ones are no errors."""
        self._last.clear()

    def feed(self, packets: bytes | memoryview) -> None:
        """Whole packets, as a datagram carries them."""
        for at in range(0, len(packets) - PACKET + 1, PACKET):
            if packets[at] != SYNC:
                self.errors += 1
                return
            pid = pid_of(packets, at)
            if pid != _NULL:
                self._count(pid, packets[at + 3], packets[at + 4], packets[at + 5])

    def _count(self, pid: int, control: int, length: int, flags: int) -> None:
        """`control` is the fourth byte; `length` and `flags` are the adaptation field's, when there is one."""
        number, last = control & 0x0F, self._last.get(pid)
        has_payload, has_field = control & 0x10, control & 0x20
        self._last[pid] = number
        told = bool(has_field and length and flags & _DISCONTINUITY)
        if last is None or told:
            return
        # A packet may come twice; one without payload does not count on.
        expected = (last + 1) & 0x0F if has_payload else last
        if number not in (expected, last):
            self.errors += 1


def pid_of(packets: bytes | memoryview, at: int = 0) -> int:
    """Of the packet there, which stream it is of."""
    return (packets[at + 1] & 0x1F) << 8 | packets[at + 2]
