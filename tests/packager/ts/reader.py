"""A reader of transport streams for tests, after ISO/IEC 13818-1 and not after the code under test."""

from dataclasses import dataclass, field

CLOCK_PERIOD = 90_000 * 100 // 1_000
WRAP = 1 << 33


@dataclass
class Pes:
    """One PES packet: its stream id, time stamps (DTS as PTS when there is none) and payload."""

    stream: int
    pts: int
    dts: int
    length: int
    payload: bytes
    packets: int


@dataclass
class Read:
    """What a stream holds: PIDs in order, clock readings, PES packets by PID, and what is wrong with it."""

    pids: list[int] = field(default_factory=list)
    clocks: list[int] = field(default_factory=list)
    pes: dict[int, list[Pes]] = field(default_factory=dict)
    counters: dict[int, list[int]] = field(default_factory=dict)
    random_access: int = 0
    wrong: list[str] = field(default_factory=list)


def read(stream: bytes) -> Read:
    """The stream, its counters and clock checked from packet to packet."""
    found = Read()
    open_pes: dict[int, list[bytes]] = {}
    last: dict[int, int] = {}
    if len(stream) % 188:
        found.wrong.append("not whole packets")
    for at in range(0, len(stream), 188):
        packet = stream[at : at + 188]
        if packet[0] != 0x47:
            found.wrong.append(f"{at}: no sync byte")
        pid, start = (packet[1] & 0x1F) << 8 | packet[2], bool(packet[1] & 0x40)
        control, counter, place = packet[3] >> 4 & 3, packet[3] & 15, 4
        found.pids.append(pid)
        if control & 2:
            _adaptation(packet, found)
            place = 5 + packet[4]
        expected = (last.get(pid, -1) + (control & 1)) % 16
        if pid in last and counter != expected:
            found.wrong.append(f"{at}: counter {counter} of PID {pid:#x} after {last[pid]}")
        last[pid] = counter
        if not control & 1:
            continue
        found.counters.setdefault(pid, []).append(counter)
        if place >= 188:
            found.wrong.append(f"{at}: a payload of nothing")
        if pid in {0, 0x1000}:
            continue
        if start and pid in open_pes:
            _close(pid, open_pes, found)
        open_pes.setdefault(pid, []).append(packet[place:])
    for pid in list(open_pes):
        _close(pid, open_pes, found)
    for before, after in zip(found.clocks, found.clocks[1:], strict=False):
        if not 0 < (after - before) % WRAP <= CLOCK_PERIOD:
            found.wrong.append(f"clock {before} to {after}")
    return found


def _adaptation(packet: bytes, found: Read) -> None:
    length = packet[4]
    if length > (183 if packet[3] >> 4 & 3 == 2 else 182):
        found.wrong.append("an adaptation field beyond its packet")
    if not length:
        return
    found.random_access += packet[5] >> 6 & 1
    filled = 6
    if packet[5] & 0x10:
        value = int.from_bytes(packet[6:12], "big")
        found.clocks.append(value >> 15)
        filled = 12
    if set(packet[filled : 5 + length]) - {0xFF}:
        found.wrong.append("stuffing that is not 0xff")


def _close(pid: int, open_pes: dict[int, list[bytes]], found: Read) -> None:
    pieces = open_pes.pop(pid)
    data = b"".join(pieces)
    head = data[8]
    if data[:3] != b"\0\0\1" or data[6] >> 6 != 2 or len(pieces[0]) < 9 + head:
        found.wrong.append(f"no whole PES header on PID {pid:#x}")
    pts = _stamp(data[9:14])
    dts = _stamp(data[14:19]) if data[7] & 0x40 else pts
    length = int.from_bytes(data[4:6], "big")
    if length and length != len(data) - 6:
        found.wrong.append(f"a PES packet of {len(data) - 6} bytes says {length}")
    found.pes.setdefault(pid, []).append(Pes(data[3], pts, dts, length, data[9 + head :], len(pieces)))


def _stamp(field_: bytes) -> int:
    number = int.from_bytes(field_, "big")
    if not number & number >> 16 & number >> 32 & 1:
        message = "a marker bit is missing"
        raise ValueError(message)
    return (number >> 33 & 7) << 30 | (number >> 17 & 0x7FFF) << 15 | number >> 1 & 0x7FFF
