"""A transport stream with teletext subtitles, as broadcasters send them (ETSI EN 300 472, EN 300 706)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.ingest.caption_making import parity
from tests.ingest.media import H264, make, picture

PACKET, PID = 188, 0x150
_HAMMING = (0x15, 0x02, 0x49, 0x5E, 0x64, 0x73, 0x38, 0x2F, 0xD0, 0xC7, 0x8C, 0x9B, 0xA1, 0xB6, 0xFD, 0xEA)
"""EN 300 706, 8.2: four bits, and four that guard them."""
_ERASE, _SUBTITLE, _NO_HEADER = 0x8, 0x8, 0x1


def with_teletext(path: Path, texts: Sequence[tuple[float, str]], seconds: int) -> Path:
    """A film of so many seconds with these texts on page 888, each from its second on; an empty one clears it."""
    plain = make(path.with_suffix(".plain.ts"), *picture(seconds=seconds), *H264, "-muxdelay", "0")
    out, waiting, count = bytearray(), list(texts), 0
    data = plain.read_bytes()
    for at in range(0, len(data), PACKET):
        packet = data[at:at + PACKET]
        pid = (packet[1] & 0x1F) << 8 | packet[2]
        if pid == 0x1000:
            packet = _with_stream(packet)
        clock = _pcr(packet)
        while clock is not None and waiting and clock >= waiting[0][0] * 90_000:
            for piece in _packets(int(waiting[0][0] * 90_000), waiting[0][1]):
                out += bytes([0x47, 0x40 if piece.startswith(b"\0\0\1") else 0, 0, 0x10 | count % 16]) + piece
                out[-PACKET + 1] |= PID >> 8
                out[-PACKET + 2] = PID & 0xFF
                count += 1
            waiting.pop(0)
        out += packet
    path.write_bytes(out)
    return path


def _pcr(packet: bytes) -> int | None:
    if not packet[3] & 0x20 or not packet[4] or not packet[5] & 0x10:
        return None
    return int.from_bytes(packet[6:11], "big") >> 7


def _with_stream(packet: bytes) -> bytes:
    """The programme's table with one stream more, private data that a descriptor calls teletext subtitles."""
    start = 5 + packet[4]
    length = (packet[start + 1] & 0x0F) << 8 | packet[start + 2]
    descriptor = bytes([0x56, 5]) + b"vie" + bytes([2 << 3, 0x88])
    stream = bytes([0x06, 0xE0 | PID >> 8, PID & 0xFF, 0xF0, len(descriptor)]) + descriptor
    body = packet[start + 3:start + 3 + length - 4] + stream
    head = bytes([packet[start], 0xB0 | (len(body) + 4) >> 8, (len(body) + 4) & 0xFF])
    table = head + body
    table += _crc(table).to_bytes(4, "big")
    return (packet[:start] + table).ljust(PACKET, b"\xff")


def _crc(data: bytes) -> int:
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1
        value &= 0xFFFFFFFF
    return value


def _packets(pts: int, text: str) -> Iterator[bytes]:
    """A page in one PES packet, which fills two packets of the stream: FFmpeg takes no shorter one."""
    units = b"".join(bytes([0x03, 0x2C, 0xE0 | 7 + at]) + line for at, line in enumerate(_page(text)))
    while len(units) < 7 * 46:
        units += b"\xff\x2c".ljust(46, b"\xff")
    times = bytes([0x21 | pts >> 29 & 0x0E, pts >> 22 & 0xFF, 0x01 | pts >> 14 & 0xFE, pts >> 7 & 0xFF,
                   0x01 | pts << 1 & 0xFE])
    body = b"\x84\x80\x24" + times.ljust(36, b"\xff") + b"\x10" + units
    whole = b"\x00\x00\x01\xbd" + len(body).to_bytes(2, "big") + body
    for at in range(0, len(whole), 184):
        yield whole[at:at + 184]


def _page(text: str) -> Iterator[bytes]:
    """Header, the row of the text, and the header of another page, which ends this one."""
    yield _line(0, _header(0x88))
    if text:
        yield _line(20, b"\x0d\x0b\x0b" + text.encode("ascii") + b"\x0a\x0a")
    yield _line(0, _header(0xFF))


def _header(page: int) -> bytes:
    """EN 300 706, 9.3.1: page number, subcode, control bits: erase it, it is a subtitle, show no header."""
    nibbles = (page & 15, page >> 4, 0, _ERASE, 0, _SUBTITLE, _NO_HEADER, 0)
    return bytes(_HAMMING[one] for one in nibbles)


def _line(row: int, data: bytes) -> bytes:
    """One line, magazine 8: framing code, address, forty bytes; each byte begins with its lowest bit."""
    coded = data if row == 0 else b""
    plain = b"" if row == 0 else data
    letters = bytes(parity(byte) for byte in plain.ljust(40 - len(coded), b" "))
    whole = bytes([_HAMMING[row << 3 & 8], _HAMMING[row >> 1]]) + coded + letters
    return b"\xe4" + bytes(int(f"{byte:08b}"[::-1], 2) for byte in whole)
