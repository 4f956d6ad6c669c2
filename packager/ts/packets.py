"""Transport packets of 188 bytes (ISO/IEC 13818-1, 2.4.3.2): payloads cut into them."""

from packager.ts.clock import clock_reference

PACKET = 188
ROOM = 184
"""Bytes of payload in a packet without an adaptation field."""
ROOM_WITH_CLOCK = 176
"""And in one that carries the clock."""
ROUND = 16
"""The continuity counter counts packets with a payload modulo this (2.4.3.3)."""

_SYNC = 0x47
_START = 0x4000
_PAYLOAD, _ADAPTATION = 0x10, 0x20
_CLOCK, _RANDOM_ACCESS = 0x10, 0x40
_LEAST_IN_FIRST = 32
"""Bytes that stay in the first packet of a stretched payload: the whole PES header, as some boxes want it."""


def packets_needed(size: int, room: int = ROOM) -> int:
    """Packets for so many bytes of payload, the first of which has so much room."""
    return 1 if size <= room else 1 - (room - size) // ROOM


def stretchable(size: int, room: int = ROOM) -> int:
    """By how many packets a payload can be stretched, each with one byte at least."""
    return max(0, size - _LEAST_IN_FIRST + 1 - packets_needed(size, room))


def clock_field(ticks: int, *, random_access: bool = False) -> bytes:
    """The adaptation field with the clock, without its length: flags and PCR (2.4.3.4)."""
    return bytes((_CLOCK | (_RANDOM_ACCESS if random_access else 0),)) + clock_reference(ticks)


def clock_packet(pid: int, counter: int, field: bytes) -> bytes:
    """A packet with the clock alone; it does not count, and repeats the counter before `counter`."""
    return _head(pid, _ADAPTATION | (counter - 1) % ROUND) + b"\xb7" + field + b"\xff" * (PACKET - 5 - len(field))


def section_packet(pid: int, counter: int, section: bytes) -> bytes:
    """A packet with one whole section, behind its pointer."""
    return _head(pid | _START, _PAYLOAD | counter % ROUND) + section + b"\xff" * (ROOM - len(section))


def cut(pid: int, payload: bytes, counter: int, *, field: bytes = b"", extra: int = 0) -> list[bytes]:
    """A PES packet as transport packets, the first with the adaptation field `field` and the counter `counter`.

    `extra` packets more than needed are made, at most what `stretchable` says: same payload, more stuffing.
    """
    room = ROOM_WITH_CLOCK if field else ROOM
    rest = packets_needed(len(payload), room) + extra - 1
    first = min(room, len(payload) - (rest if extra else 0))
    packets = [_packet(pid | _START, counter, payload[:first], field)]
    if extra:
        share, more = divmod(len(payload) - first, rest)
        sizes = [share + 1] * more + [share] * (rest - more)
    else:
        sizes = [ROOM] * (rest - 1) + [len(payload) - first - ROOM * (rest - 1)] * (rest > 0)
    heads = [_head(pid, _PAYLOAD | place) for place in range(ROUND)]
    at = first
    for place, size in enumerate(sizes, start=counter + 1):
        piece = payload[at : at + size]
        packets.append(heads[place % ROUND] + piece if size == ROOM else _packet(pid, place, piece))
        at += size
    return packets


def _packet(pid: int, counter: int, piece: bytes, field: bytes = b"") -> bytes:
    """One packet with a payload, filled up in its adaptation field."""
    stuffing = ROOM - len(piece) - len(field) - 1
    if stuffing < 0:
        return _head(pid, _PAYLOAD | counter % ROUND) + piece
    head = _head(pid, _ADAPTATION | _PAYLOAD | counter % ROUND)
    if not field and stuffing:  # a field longer than 0 begins with its flags
        field, stuffing = b"\0", stuffing - 1
    return head + bytes((len(field) + stuffing,)) + field + b"\xff" * stuffing + piece


def _head(pid: int, control: int) -> bytes:
    return (_SYNC << 24 | pid << 8 | control).to_bytes(4, "big")
