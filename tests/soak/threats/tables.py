"""Tables of a transport stream, written by hand (ISO/IEC 13818-1, 2.4.4)."""

from collections.abc import Mapping, Sequence
from functools import cache

from tests.faults.transport import PACKET

PICTURE, SOUND = 0x100, 0x101
"""Where FFmpeg puts them."""
FLAT_CRC = bytes(4)
_POLYNOMIAL = 0x04C11DB7


def crc(data: bytes) -> bytes:
    """The sum behind each section (annex A)."""
    value, table = 0xFFFFFFFF, _sums()
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ table[value >> 24 ^ byte]
    return value.to_bytes(4, "big")


@cache
def _sums() -> tuple[int, ...]:
    """What each byte adds, bit by bit."""
    found = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ (_POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
        found.append(value)
    return tuple(found)


def pat(programmes: Mapping[int, int], version: int = 0) -> bytes:
    """Programmes by their numbers, with the identifier of each one's table."""
    named = b"".join(
        number.to_bytes(2, "big") + (0xE000 | pid).to_bytes(2, "big") for number, pid in programmes.items()
    )
    return _whole(0, 1, version, named)


def pmt(streams: Sequence[tuple[int, int]], version: int = 0) -> bytes:
    """Streams by type and identifier, the first of which has the clock."""
    clock = (0xE000 | streams[0][1]).to_bytes(2, "big")
    named = b"".join(bytes([kind]) + (0xE000 | pid).to_bytes(2, "big") + b"\xf0\0" for kind, pid in streams)
    return _whole(2, 1, version, clock + b"\xf0\0" + named)


def _whole(table: int, number: int, version: int, body: bytes) -> bytes:
    length = 5 + len(body) + 4
    head = bytes([table]) + (0xB000 | length).to_bytes(2, "big") + number.to_bytes(2, "big")
    section = head + bytes([0xC1 | (version & 31) << 1, 0, 0]) + body
    return section + crc(section)


def section(pid: int, body: bytes, counter: int = 0) -> bytes:
    """A packet with a section that fits in one; longer ones are cut off."""
    head = bytes([0x47, 0x40 | pid >> 8, pid & 0xFF, 0x10 | counter & 15, 0])
    return (head + body + b"\xff" * PACKET)[:PACKET]
