from hypothesis import given, settings
from hypothesis import strategies as st

from packager.ts.packets import (
    ROOM,
    ROOM_WITH_CLOCK,
    clock_field,
    clock_packet,
    cut,
    packets_needed,
    section_packet,
    stretchable,
)
from packager.ts.pes import SOUND, pes_packet
from tests.packager.ts.reader import read


@settings(deadline=None)
@given(st.integers(0, 2_000), st.integers(0, 15), st.booleans(), st.integers(0, 15))
def test_a_payload_comes_out_as_it_went_in(size: int, extra: int, clock: bool, counter: int) -> None:
    payload = pes_packet(SOUND, 0, 0, bytes(at % 251 for at in range(size)))
    room = ROOM_WITH_CLOCK if clock else ROOM
    extra = min(extra, stretchable(len(payload), room))
    packets = cut(0x101, payload, counter, field=clock_field(900) if clock else b"", extra=extra)
    assert len(packets) == packets_needed(len(payload), room) + extra
    found = read(b"".join(packets))
    assert found.wrong == []
    assert found.counters[0x101][0] == counter
    assert [pes.payload for pes in found.pes[0x101]] == [payload[14:]]
    assert found.clocks == ([900] if clock else [])


def test_the_clock_alone_does_not_count() -> None:
    before, after = cut(0x100, pes_packet(SOUND, 0, 0, b"a"), 4), cut(0x100, pes_packet(SOUND, 0, 0, b"b"), 5)
    found = read(b"".join([*before, clock_packet(0x100, 5, clock_field(1)), *after]))
    assert found.wrong == []
    assert found.counters[0x100] == [4, 5]


def test_a_table_fills_its_packet() -> None:
    packet = section_packet(0x1000, 17, b"\0table")
    assert packet == b"\x47\x50\x00\x11\0table" + b"\xff" * 178
