"""Streams that are made to cost more than they are worth (T-09): packets in, packets out, without an end.

Each kind is a function from an endless good stream to an endless bad one. What comes out of one seed is the same.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from tests.faults.transport import PACKET, Packet, clock_of, shifted
from tests.recorded.h264 import sps
from tests.soak.threats.tables import FLAT_CRC, PICTURE, SOUND, pat, pmt, section

Stream = Iterator[Packet]
Bomb = Callable[[Stream, random.Random], Stream]
START = b"\0\0\1"
_PMT = 0x1000
_FILLED = bytes([0xFF])


def looped(packets: Sequence[Packet]) -> Stream:
    """A clip again and again, its clock going on."""
    length = packets[-1].second + 0.04
    for turn in count():
        yield from shifted([one.at(one.second + turn * length) for one in packets], 0.0, turn * length)


def packet(pid: int, payload: bytes, *, begins: bool = False, counter: int = 0) -> bytes:
    """A packet of that identifier with so much payload, stuffed by an adaptation field (ISO 13818-1, 2.4.3)."""
    head = bytes([0x47, (0x40 if begins else 0) | pid >> 8, pid & 0xFF])
    room = PACKET - 4 - len(payload)
    if room == 0:
        return head + bytes([0x10 | counter & 15]) + payload
    stuffing = bytes([0]) if room == 1 else bytes([room - 1, 0]) + _FILLED * (room - 2)
    return head + bytes([0x30 | counter & 15]) + (stuffing if room > 1 else b"\0") + payload


def beside(stream: Stream, more: Callable[[int], bytes | None], times: int) -> Stream:
    """With so many packets more after each one."""
    number = 0
    for one in stream:
        yield one
        for _ in range(times):
            if data := more(number):
                yield Packet(one.second, data)
            number += 1


def no_key_picture(stream: Stream, chance: random.Random) -> Stream:
    """Not one picture that a decoder could begin with: sequence parameters and key pictures are something else."""
    masks = {5: chance.choice((1, 12)), 7: 12, 8: 12}
    for one in stream:
        yield Packet(one.second, _renamed(one.data, masks) if one.pid == PICTURE else one.data)


def _renamed(data: bytes, types: dict[int, int]) -> bytes:
    out, at = bytearray(data), data.find(START, 4)
    while 0 <= at < PACKET - 3:
        if (kind := out[at + 3] & 31) in types and not out[at + 3] & 0x80:
            out[at + 3] = out[at + 3] & 0x60 | types[kind]
        at = data.find(START, at + 3)
    return bytes(out)


def every_pid(stream: Stream, chance: random.Random) -> Stream:
    """A million packets in a minute, of every identifier that there is, each beginning something."""
    head = START + bytes([0xE0, 0, 0, 0x80, 0, 0])
    return beside(stream, lambda _: packet(
        chance.randrange(0x20, 0x1FFF), head + chance.randbytes(8), begins=True), 24)


def churning_tables(stream: Stream, chance: random.Random) -> Stream:
    """Another table of streams with every packet, each naming up to 100 of them."""
    kinds = (0x02, 0x03, 0x0F, 0x11, 0x15, 0x1B, 0x24, 0x42, 0x81, 0x06, 0x33)

    def table(number: int) -> bytes:
        some = [(chance.choice(kinds), chance.randrange(0x20, 0x1FFF)) for _ in range(chance.randrange(1, 33))]
        return section(_PMT, pmt([(0x1B, PICTURE), *some], version=number % 32), counter=number)

    return beside(stream, table, 1)


def churning_programmes(stream: Stream, chance: random.Random) -> Stream:
    """Other programmes again and again, forty at a time."""
    def table(number: int) -> bytes:
        named = {chance.randrange(1, 1 << 16): chance.randrange(0x20, 0x1FFF) for _ in range(40)}
        return section(0, pat(named, version=number % 32), counter=number)

    return beside(stream, table, 1)


def broken_tables(stream: Stream, chance: random.Random) -> Stream:
    """The longest sections, never finished or with a sum that is wrong."""
    def table(number: int) -> bytes:
        body = bytes([2, 0xB0 | 15, 0xFD]) + chance.randbytes(177) + FLAT_CRC
        return packet(chance.choice((0, _PMT)), b"\0" + body[:183], begins=number % 3 == 0, counter=number)

    return beside(stream, table, 3)


def giant_pictures(stream: Stream, chance: random.Random) -> Stream:
    """Before each picture the announcement of one beyond every size, now this way, now that."""
    sides = (16, 4_096, 16_384, 65_520, 131_056)

    def picture(_: int) -> bytes:
        said = bytes([0, 0, 0, 1]) + sps(chance.choice(sides), chance.choice(sides), level=chance.choice((31, 62)))
        return packet(PICTURE, START + bytes([0xE0, 0, 0, 0x80, 0, 0]) + said, begins=True)

    return beside(stream, picture, 1)


def leaping_times(stream: Stream, chance: random.Random) -> Stream:
    """Every stamp lies somewhere else, up to half of all the time that there is."""
    for one in stream:
        leap = chance.choice((0.0, 0.0, chance.uniform(-5, 5), chance.uniform(-40_000, 40_000)))
        yield from shifted([one], 0.0, leap)


def leaping_clock(stream: Stream, chance: random.Random) -> Stream:
    """Only the clock leaps; the pictures' stamps do not."""
    for one in stream:
        if clock_of(one.data) is None:
            yield one
            continue
        base = chance.randrange(1 << 33) << 15
        yield Packet(one.second, one.data[:6] + base.to_bytes(6, "big") + one.data[12:])


def wrong_counters(stream: Stream, chance: random.Random) -> Stream:
    """Packets doubled, left out, out of order, their counters by chance."""
    held: list[Packet] = []
    for one in stream:
        data = one.data[:3] + bytes([one.data[3] & 0xF0 | chance.randrange(16)]) + one.data[4:]
        held += [Packet(one.second, data)] * chance.choice((0, 1, 1, 1, 2))
        if len(held) > 20:
            chance.shuffle(held)
            yield from (kept.at(one.second) for kept in held)
            held = []


def data_flood(stream: Stream, chance: random.Random) -> Stream:
    """Timed ID3 in a stream of its own, twenty times as much as there is of everything else."""
    yield Packet(0.0, section(_PMT, pmt([(0x1B, PICTURE), (0x0F, SOUND), (0x15, 0x200)])))
    said = START + bytes([0xBD, 0, 0, 0x84, 0x80, 5, 0x21, 0, 1, 0, 1]) + b"ID3\4\0\0\x7f\x7f\x7f\x7f"
    yield from beside(_without_tables(stream), lambda number: packet(
        0x200, said + chance.randbytes(184 - len(said)), begins=number % 40 == 0, counter=number), 20)


def _without_tables(stream: Stream) -> Stream:
    return (one for one in stream if one.pid != _PMT)


def endless_packet(stream: Stream, chance: random.Random) -> Stream:
    """A picture that begins once and never ends."""
    begun = False
    for one in stream:
        if one.pid == PICTURE and begun:
            yield Packet(one.second, one.data[:1] + bytes([one.data[1] & 0xBF]) + one.data[2:])
            yield Packet(one.second, packet(PICTURE, chance.randbytes(184)))
            continue
        begun = begun or (one.pid == PICTURE and bool(one.data[1] & 0x40))
        yield one


def stuffing(stream: Stream, _: random.Random) -> Stream:
    """Adaptation fields and null packets, and hardly anything else."""
    empty = bytes([0x47, PICTURE >> 8, PICTURE & 0xFF, 0x20, 183, 0]) + _FILLED * 182
    null = bytes([0x47, 0x1F, 0xFF, 0x10]) + _FILLED * 184
    return beside(stream, lambda number: empty if number % 2 else null, 20)


def locked(stream: Stream, chance: random.Random) -> Stream:
    """Marked as scrambled, by turns."""
    for number, one in enumerate(stream):
        if one.pid in {PICTURE, SOUND} and (number // 500 + chance.randrange(2)) % 2:
            yield Packet(one.second, one.data[:3] + bytes([one.data[3] | 0xC0]) + one.data[4:])
        else:
            yield one


def noise(stream: Stream, chance: random.Random) -> Stream:
    """Packets by their first byte, and chance for the rest."""
    for one in stream:
        yield Packet(one.second, b"\x47" + chance.randbytes(PACKET - 1))


def changing_codecs(stream: Stream, chance: random.Random) -> Stream:
    """The same bytes, said to be another codec a few times a second."""
    pictures, sounds = (0x1B, 0x24, 0x02, 0x10, 0xD1, 0x33), (0x0F, 0x11, 0x03, 0x81, 0x82, 0x06)
    for number, one in enumerate(stream):
        if one.pid == _PMT or number % 200 == 0:
            said = [(chance.choice(pictures), PICTURE), (chance.choice(sounds), SOUND)]
            yield Packet(one.second, section(_PMT, pmt(said, version=number % 32), counter=number))
        if one.pid != _PMT:
            yield one


def many_channels(stream: Stream, chance: random.Random) -> Stream:
    """Each frame of sound says other channels and another rate (ISO/IEC 13818-7, 6.2)."""
    for one in stream:
        out = bytearray(one.data)
        at = one.data.find(b"\xff\xf1", 4) if one.pid == SOUND else -1
        if 0 <= at < PACKET - 4:
            out[at + 2] = out[at + 2] & 0xC2 | chance.randrange(13) << 2 | chance.randrange(2)
            out[at + 3] = out[at + 3] & 0x3F | chance.randrange(4) << 6
        yield Packet(one.second, bytes(out))


def untouched(stream: Stream, _: random.Random) -> Stream:
    """As it is: the clip itself is the bomb."""
    return stream


BOMBS: dict[str, Bomb] = {
    bomb.__name__.replace("_", " "): bomb for bomb in (
        no_key_picture, every_pid, churning_tables, churning_programmes, broken_tables, giant_pictures,
        leaping_times, leaping_clock, wrong_counters, data_flood, endless_packet, stuffing, locked, noise,
        changing_codecs, many_channels,
    )
}
