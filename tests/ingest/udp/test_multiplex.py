"""T-10: a change of streams or codecs is noticed; damage is not taken for one."""

import struct
import subprocess
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.udp.multiplex import Multiplex, checksum
from tests.ingest.media import FFMPEG, SENT, picture, sound


def packets(pid: int, section: bytes) -> bytes:
    """A table, with its checksum, in packets of its PID."""
    body = b"\0" + section + checksum(section).to_bytes(4, "big")
    out = b""
    for number, at in enumerate(range(0, len(body), 184)):
        head = bytes([0x47, (0x40 if at == 0 else 0) | pid >> 8, pid & 255, 0x10 | number & 15])
        out += (head + body[at:at + 184]).ljust(188, b"\xff")
    return out


def pat(*programmes: tuple[int, int], current: bool = True) -> bytes:
    body = b"".join(struct.pack(">HH", number, 0xE000 | pid) for number, pid in programmes)
    return packets(0, bytes([0]) + struct.pack(">HHBBB", 0xB000 | len(body) + 9, 1, 0xC0 | current, 0, 0) + body)


def pmt(pid: int, *streams: tuple[int, int], note: bytes = b"") -> bytes:
    body = struct.pack(">HH", 0xE100, 0xF000)
    body += b"".join(struct.pack(">BHH", kind, 0xE000 | at, 0xF000 | len(note)) + note for at, kind in streams)
    return packets(pid, bytes([2]) + struct.pack(">HHBBB", 0xB000 | len(body) + 9, 1, 0xC1, 0, 0) + body)


FIRST = pat((1, 4096)) + pmt(4096, (256, 0x1B), (257, 0x0F))


def test_the_first_layout_is_no_change_and_the_same_again_neither() -> None:
    one = Multiplex()
    assert not one.feed(FIRST)
    assert not one.feed(FIRST)
    assert str(one.programme) == "h264 on 256, aac on 257"


@pytest.mark.parametrize("streams", [
    ((256, 0x24), (257, 0x0F)), ((300, 0x1B), (257, 0x0F)), ((256, 0x1B),),
    ((256, 0x1B), (257, 0x0F), (258, 0x0F)),
])
def test_other_codecs_pids_or_streams_are_noticed_once(streams: tuple[tuple[int, int], ...]) -> None:
    """T-10."""
    one = Multiplex()
    one.feed(FIRST)
    assert one.feed(pmt(4096, *streams))
    assert not one.feed(pmt(4096, *streams))


def test_a_programme_that_moves_to_another_table_is_followed() -> None:
    one = Multiplex()
    one.feed(FIRST)
    assert not one.feed(pat((1, 4097)) + pmt(4097, (256, 0x1B), (257, 0x0F)))
    assert one.feed(pmt(4097, (256, 0x02), (257, 0x0F)))


def test_another_programme_may_change_as_it_likes() -> None:
    both = pat((0, 16), (1, 4096), (2, 4097))
    one = Multiplex(2)
    assert not one.feed(both + pmt(4096, (256, 0x1B)) + pmt(4097, (512, 0x1B)))
    assert not one.feed(pmt(4096, (256, 0x02)))
    assert one.feed(pmt(4097, (512, 0x02)))


def test_damage_and_what_comes_later_are_no_change() -> None:
    """F-08."""
    one = Multiplex()
    one.feed(FIRST)
    bad = bytearray(pmt(4096, (256, 0x02)))
    for at in range(5, 26):
        bad[at] ^= 0x10
        assert not one.feed(bytes(bad))
        bad[at] ^= 0x10
    assert not one.feed(pat((1, 5000), current=False) + pmt(5000, (1, 2)))


def test_a_table_over_several_packets_is_read() -> None:
    one = Multiplex()
    long = pmt(4096, *((256 + at, 0x0F) for at in range(20)), note=b"\x0a\x04vie\0")
    assert len(long) > 188
    one.feed(pat((1, 4096)) + long)
    assert one.programme is not None
    assert len(one.programme.streams) == 20


@given(st.lists(st.binary(min_size=184, max_size=184), max_size=6))
def test_whatever_comes_breaks_nothing(bodies: list[bytes]) -> None:
    """T-09."""
    one = Multiplex()
    one.feed(FIRST)
    for at, body in enumerate(bodies):
        one.feed(bytes([0x47, 0x40 if at % 2 else 0x10, 0, 0x30 if at % 3 else 0x10]) + body)


@given(st.binary(max_size=64))
def test_the_checksum_is_that_of_the_standard(section: bytes) -> None:
    value = 0xFFFFFFFF
    for byte in section:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value >> 31 else 0)) & 0xFFFFFFFF
    assert checksum(section) == value


def test_tables_that_are_none_cost_no_steps_for_each_byte() -> None:
    """T-09: a flood of them leaves time for the stream."""
    steps = 0

    def step(_frame: FrameType, event: str, _what: object) -> Callable[..., Any]:
        nonlocal steps
        steps += event == "line"
        return step

    one, bogus = Multiplex(), b"\x47\x40\0\x10\0\0\xb0\xb0".ljust(188, b"x")
    before = sys.gettrace()
    sys.settrace(step)
    try:
        one.feed(bogus)
    finally:
        sys.settrace(before)
    assert 10 < steps < 60


def test_a_stream_of_ffmpeg_is_read() -> None:
    made = subprocess.run(
        [FFMPEG, "-v", "error", *picture(seconds=0.2), *sound(0.2), *SENT, "-f", "mpegts", "-"],
        check=True, capture_output=True,
    ).stdout
    one = Multiplex()
    assert not one.feed(made)
    assert str(one.programme) == "h264 on 256, aac on 257"
