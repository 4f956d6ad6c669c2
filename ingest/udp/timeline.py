"""Whether a transport stream is still the one it was, by its clock. No I/O, no clock of its own.

A source that is replaced, or begins anew, or whose clock jumps, goes on with other times. A decoder that is kept
over that shows the end of the old beside the beginning of the new, and fills the gap between; a fresh one shows
the new stream at once (F-11, F-15, F-16).
"""

from dataclasses import dataclass, replace
from typing import Self

from ingest.udp.continuity import PACKET, pid_of

PCR_SECOND = 90_000
"""The clock reference's base counts 90,000 a second, in 33 bits (ISO/IEC 13818-1, 2.4.3.5)."""
WRAP = 1 << 33
LEAP = PCR_SECOND * 7 // 10
"""By how much the stream's clock may be ahead of what is expected, or go back: 0.7 s."""
BESIDE = PCR_SECOND // 2
"""A programme tells its clock every 0.1 s (ISO/IEC 13818-1, 2.7.2); one that has not for half a second is gone."""
_YIELD = 1_000
"""Of how much passed time the expectation yields one part, to a source whose clock is slower than ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamClock:
    """One programme's clock.

    `reading` came at `came`; `held` is how long it was held up on the way, against the quickest reading so far,
    all in units of the clock. What is held up and then let go at once is behind by any pause, but a clock is never
    ahead of its quickest reading by more than LEAP, nor does it go far back.
    """

    reading: int
    came: int
    held: int = 0

    def after(self, reading: int, came: int, leap: int = LEAP) -> Self | None:
        """After one more reading; None when it is another clock's."""
        moved = (reading - self.reading + WRAP // 2) % WRAP - WRAP // 2  # over the counter's end (F-14)
        passed = came - self.came
        held = self.held + passed - moved - passed // _YIELD
        if moved < -leap or held < -leap:
            return None
        return replace(self, reading=reading, came=came, held=max(0, held))


class Timeline:
    """The clocks of one connection's programmes."""

    def __init__(self, leap: int = LEAP) -> None:
        """`leap` is how far a clock may be ahead of what is expected, or go back."""
        self._leap = leap
        self._clocks: dict[int, StreamClock] = {}
        self.leap = (0, 0)
        """The readings before and after the last leap."""

    def begun_anew(self, packets: bytes | memoryview, now_ns: int) -> bool:
        """Whether a clock in these packets, which came now, is not the one that was known."""
        came = now_ns * PCR_SECOND // 1_000_000_000
        for at in range(0, len(packets) - PACKET + 1, PACKET):
            found = _clock(packets, at)
            if found is None:
                continue
            pid, reading = found
            known = self._clocks.get(pid)
            after = known.after(reading, came, self._leap) if known else None
            self._clocks[pid] = after or StreamClock(reading=reading, came=came)
            if known and after is None and not self._others(pid, came):
                self._clocks = {pid: self._clocks[pid]}
                self.leap = (known.reading, reading)
                return True
        return False

    def _others(self, pid: int, came: int) -> bool:
        """Whether other programmes run beside this one: which is shown is not known here, so a leap of one of them
        is left to the decoder. Clocks of a source that has gone do not count."""
        return any(came - clock.came < BESIDE for other, clock in self._clocks.items() if other != pid)


def _clock(packets: bytes | memoryview, at: int) -> tuple[int, int] | None:
    """The packet's PID and clock reference; None when it carries none."""
    if packets[at] != 0x47 or not packets[at + 3] & 0x20 or packets[at + 4] < 7 or not packets[at + 5] & 0x10:
        return None
    base = int.from_bytes(packets[at + 6:at + 11], "big") >> 7
    return pid_of(packets, at), base
