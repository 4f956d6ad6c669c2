"""Surgery on transport streams, packet by packet: bytes in, bytes out (ISO/IEC 13818-1, 2.4.3).

A stream is a list of `Packet`; each knows its second since the first clock reference, by which it is sent.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

PACKET = 188
CLOCK = 90_000
WRAPPED = 1 << 33
TABLES = frozenset({0, 0x1000})
"""PAT, and the PMT where FFmpeg puts it."""
SOUND = 0x101
"""The sound where FFmpeg puts it, in a stream with one picture."""


@dataclass(frozen=True, slots=True)
class Packet:
    """188 bytes and the second at which they are sent."""

    second: float
    data: bytes

    @property
    def pid(self) -> int:
        """13 bits of packet identifier."""
        return int.from_bytes(self.data[1:3], "big") & 0x1FFF

    def at(self, second: float) -> Self:
        """The same bytes at another time."""
        return replace(self, second=second)


def read(data: bytes) -> list[Packet]:
    """The packets of a file; between two clock references time is shared out evenly."""
    pieces = [data[at:at + PACKET] for at in range(0, len(data) - PACKET + 1, PACKET)]
    known = [(place, clock) for place, piece in enumerate(pieces) if (clock := clock_of(piece)) is not None]
    first = known[0][1]
    found = []
    for (place, clock), (after, later) in zip(known, [*known[1:], (len(pieces), known[-1][1])], strict=True):
        each = (later - clock) / max(1, after - place)
        found += [
            Packet((clock + each * step - first) / CLOCK, pieces[place + step]) for step in range(after - place)
        ]
    return [Packet(0.0, piece) for piece in pieces[:known[0][0]]] + found


def clock_of(data: bytes) -> int | None:
    """The clock reference of a packet in 90 kHz, or None."""
    if not data[3] & 0x20 or not data[4] or not data[5] & 0x10:
        return None
    return int.from_bytes(data[6:11], "big") >> 7


def without(packets: Sequence[Packet], pids: frozenset[int], begin: float, end: float) -> list[Packet]:
    """No packets of these identifiers from one second to another."""
    return [packet for packet in packets if packet.pid not in pids or not begin <= packet.second < end]


def swapped(
    packets: Sequence[Packet], other: Sequence[Packet], pid: int, begin: float, end: float,
) -> list[Packet]:
    """The packets of this identifier from one second to another are those of another stream."""
    kept = without(packets, frozenset({pid}), begin, end)
    new = [packet for packet in other if packet.pid == pid and begin <= packet.second < end]
    return sorted([*kept, *new], key=lambda packet: packet.second)


def since(packets: Sequence[Packet], second: float) -> list[Packet]:
    """The stream as somebody gets it who joins at a second."""
    return [packet.at(packet.second - second) for packet in packets if packet.second >= second]


def scrambled(packets: Sequence[Packet], begin: float, end: float) -> list[Packet]:
    """Everything but the tables is marked as scrambled between two seconds, and its payload turned."""
    return [
        replace(packet, data=_turned(packet.data)) if begin <= packet.second < end and packet.pid not in TABLES
        else packet for packet in packets
    ]


def _turned(data: bytes) -> bytes:
    return data[:3] + bytes([data[3] | 0x80]) + data[4:32] + bytes(byte ^ 0x5A for byte in data[32:])


def shifted(packets: Sequence[Packet], begin: float, seconds: float) -> list[Packet]:
    """From a second on every time stamp and clock reference lies so many seconds elsewhere, without a word."""
    ticks = round(seconds * CLOCK)
    return [
        replace(packet, data=_stamped(packet.data, lambda stamp: (stamp + ticks) % WRAPPED))
        if packet.second >= begin else packet
        for packet in packets
    ]


def _stamped(data: bytes, change: Callable[[int], int]) -> bytes:
    """A packet with its clock reference and the stamps of the PES header that begins in it changed."""
    out = bytearray(data)
    clock = clock_of(data)
    if clock is not None:
        rest = int.from_bytes(data[6:12], "big") & 0x7FFF
        out[6:12] = (change(clock) << 15 | rest).to_bytes(6, "big")
    for at in _stamps(data):
        out[at:at + 5] = _written(out[at], change(_read(out[at:at + 5])))
    return bytes(out)


def _stamps(data: bytes) -> Iterator[int]:
    """Where PTS and DTS lie in a packet that begins a PES packet (2.4.3.6)."""
    if not data[1] & 0x40 or not data[3] & 0x10:
        return
    at = 4 + (1 + data[4] if data[3] & 0x20 else 0)
    if at + 14 > PACKET or data[at:at + 3] != b"\0\0\1" or not 0xC0 <= data[at + 3] <= 0xEF:
        return
    if data[at + 7] & 0x80:
        yield at + 9
    if data[at + 7] & 0x40 and at + 19 <= PACKET:
        yield at + 14


def _read(field: bytes | bytearray) -> int:
    return (field[0] >> 1 & 7) << 30 | (field[1] << 8 | field[2]) >> 1 << 15 | (field[3] << 8 | field[4]) >> 1


def _written(first: int, stamp: int) -> bytes:
    high = (stamp >> 15 & 0x7FFF) << 1 | 1
    low = (stamp & 0x7FFF) << 1 | 1
    return bytes([first & 0xF0 | stamp >> 30 << 1 | 1]) + high.to_bytes(2, "big") + low.to_bytes(2, "big")


def sections_of(packets: Sequence[Packet]) -> Iterator[list[Packet]]:
    """Seven packets at a time, as they go into datagrams."""
    for at in range(0, len(packets), 7):
        yield list(packets[at:at + 7])
