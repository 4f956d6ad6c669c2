"""What a transport stream says that it carries: its tables (ISO/IEC 13818-1, 2.4.4). No I/O, no clock.

Only tables whose checksum is right count, so that a damaged packet is no change (F-08), and only the programme
that is shown: another one of the same multiplex may change as it likes.
"""

import zlib
from dataclasses import dataclass

from ingest.udp.continuity import PACKET, pid_of

_PAT, _PMT = 0x00, 0x02
_LONGEST = 1_024
_MOST = 32
"""Streams of a programme that are looked at (T-09)."""
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_NAMES = {
    0x01: "mpeg1video", 0x02: "mpeg2video", 0x03: "mp2", 0x04: "mp2", 0x06: "private", 0x0F: "aac", 0x11: "aac",
    0x1B: "h264", 0x24: "hevc", 0x81: "ac3", 0x87: "eac3",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The streams of one programme, each with its PID and the type that ISO/IEC 13818-1 gives it."""

    streams: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        """As an event tells it."""
        return ", ".join(f"{_NAMES.get(kind, f'type {kind}')} on {pid}" for pid, kind in self.streams)


class Multiplex:
    """Of one feed; `program` is the number of the wanted programme, 0 for the first."""

    def __init__(self, program: int = 0) -> None:
        self._program = program
        self._pmt: int | None = None
        self._sections: dict[int, bytearray] = {}
        self._known: dict[int, bytes] = {}
        self.programme: Programme | None = None

    def feed(self, packets: bytes | memoryview) -> bool:
        """Whether whole packets bring another layout than the one that was known."""
        changed = False
        for at in range(0, len(packets) - PACKET + 1, PACKET):
            if packets[at] != 0x47:
                return changed
            pid = pid_of(packets, at)
            if pid in (0, self._pmt):
                changed |= self._packet(pid, bytes(packets[at:at + PACKET]))
        return changed

    def _packet(self, pid: int, packet: bytes) -> bool:
        start = 5 + packet[4] if packet[3] & 0x20 else 4
        payload = packet[start:] if packet[3] & 0x10 else b""
        if not payload:
            return False
        if packet[1] & 0x40:
            self._sections[pid] = bytearray(payload[1 + payload[0]:])
        elif pid in self._sections:
            self._sections[pid] += payload
        section = self._sections.get(pid, bytearray())
        size = 3 + (int.from_bytes(section[1:3], "big") & 0x0FFF)
        if len(section) < max(size, 12):
            return False
        del self._sections[pid]
        return self._section(pid, bytes(section[:size]))

    def _section(self, pid: int, section: bytes) -> bool:
        if section == self._known.get(pid) or len(section) > _LONGEST or checksum(section):
            return False
        self._known[pid] = section
        if not section[5] & 1:  # it speaks of what comes later
            return False
        if pid == 0 and section[0] == _PAT:
            self._pmt = self._listed(section)
            return False
        return section[0] == _PMT and pid == self._pmt and self._told(section)

    def _listed(self, section: bytes) -> int | None:
        """Where the table of the wanted programme is."""
        for at in range(8, len(section) - 7, 4):
            number = int.from_bytes(section[at:at + 2], "big")
            if number and number == (self._program or number):
                return int.from_bytes(section[at + 2:at + 4], "big") & 0x1FFF
        return None

    def _told(self, section: bytes) -> bool:
        at = 12 + (int.from_bytes(section[10:12], "big") & 0x0FFF)
        streams: list[tuple[int, int]] = []
        while at + 5 <= len(section) - 4 and len(streams) < _MOST:
            streams.append((int.from_bytes(section[at + 1:at + 3], "big") & 0x1FFF, section[at]))
            at += 5 + (int.from_bytes(section[at + 3:at + 5], "big") & 0x0FFF)
        before, self.programme = self.programme, Programme(streams=tuple(streams))
        return before is not None and before != self.programme


def checksum(section: bytes) -> int:
    """CRC-32 of ISO/IEC 13818-1, annex A; 0 over a section with its own checksum at the end.

    It is zlib's, with the bits of every byte and of the result the other way round, and nothing inverted at the
    end. A loop of our own over the bits took a core for 9 Mb/s of tables that are none (T-09).
    """
    value = ~zlib.crc32(section.translate(_MIRRORED)) & 0xFFFFFFFF
    return int.from_bytes(value.to_bytes(4, "little").translate(_MIRRORED), "big")
