"""What is in the stream: the association and the map table (ISO/IEC 13818-1, 2.4.4), the same in every segment."""

from collections.abc import Iterator

TABLE, PICTURES, SOUND = 0x1000, 0x100, 0x101
"""PIDs: of the map table, the pictures (which carry the clock too) and the sound."""

_STREAM = _PROGRAM = 1
_H264, _AAC_ADTS = 0x1B, 0x0F
_POLYNOMIAL = 0x04C11DB7


def association() -> bytes:
    """The association table: one programme, and where its map is."""
    return _section(0x00, _STREAM, _u16(_PROGRAM) + _u16(0xE000 | TABLE))


def programme_map() -> bytes:
    """The map table: H.264 and AAC, the clock with the pictures."""
    streams = b"".join(
        bytes((kind,)) + _u16(0xE000 | pid) + _u16(0xF000) for kind, pid in ((_H264, PICTURES), (_AAC_ADTS, SOUND))
    )
    return _section(0x02, _PROGRAM, _u16(0xE000 | PICTURES) + _u16(0xF000) + streams)


def _section(table: int, ident: int, content: bytes) -> bytes:
    """A section behind its pointer (2.4.4.3): version 0, current, number 0 of 0, closed by a CRC (annex A)."""
    body = _u16(ident) + b"\xc1\0\0" + content
    section = bytes((table,)) + _u16(0xB000 | len(body) + 4) + body
    return b"\0" + section + crc(section).to_bytes(4, "big")


def crc(data: bytes) -> int:
    """CRC_32 of annex A: from all ones, highest bit first, not inverted at the end."""
    remainder = 0xFFFFFFFF
    for bit in _bits(data):
        carry = remainder >> 31 ^ bit
        remainder = (remainder << 1 & 0xFFFFFFFF) ^ (_POLYNOMIAL if carry else 0)
    return remainder


def _bits(data: bytes) -> Iterator[int]:
    return (byte >> place & 1 for byte in data for place in range(7, -1, -1))


def _u16(number: int) -> bytes:
    return number.to_bytes(2, "big")
