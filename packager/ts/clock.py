"""Times of a transport stream: 90,000 ticks a second in 33 bits, from the clock grid (ISO/IEC 13818-1, 2.4.2)."""

_WRAP = 1 << 33
"""26.5 hours: a reader goes on counting over it."""


def ticks_of(units: int) -> int:
    """The time stamp of a place on the grid; 8 units are 15 ticks, so all that lies on pictures and sound frames
    comes out whole."""
    return units * 15 // 8 % _WRAP


def time_stamp(mark: int, ticks: int) -> bytes:
    """PTS or DTS in a PES header, behind its four bits of `mark` (2.4.3.6)."""
    high, middle, low = ticks >> 30, ticks >> 15 & 0x7FFF, ticks & 0x7FFF
    return (mark << 36 | high << 33 | 1 << 32 | middle << 17 | 1 << 16 | low << 1 | 1).to_bytes(5, "big")


def clock_reference(ticks: int) -> bytes:
    """PCR in an adaptation field (2.4.3.4): all of it in the base, six reserved bits, an extension of 0."""
    return (ticks << 15 | 0x7E00).to_bytes(6, "big")
