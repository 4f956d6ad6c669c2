"""What comes behind a leap of a sender's clock and is from before it."""

import pytest

from ingest.srt.behind import Behind
from tests.ingest.udp.test_continuity import packet

PICTURE, SOUND = 256, 257


def timed(pid: int, seconds: float, *, field: bool = False) -> bytes:
    """A packet in which a picture or a frame begins that is shown at that time."""
    at = round(seconds * 90_000) % (1 << 33)
    shown = bytes([0x21 | at >> 29 & 0xE, at >> 22 & 255, at >> 14 & 254 | 1, at >> 7 & 255, at << 1 & 254 | 1])
    head = bytes([0x47, 0x40 | pid >> 8, pid & 255, 0x30 if field else 0x10]) + (b"\x01\x00" if field else b"")
    return (head + b"\0\0\1\xe0\0\0\x80\x80\x05" + shown).ljust(188, b"\xff")


def behind(before: float, after: float) -> Behind:
    return Behind(*(round(seconds * 90_000) % (1 << 33) for seconds in (before, after)), PICTURE)


@pytest.mark.parametrize(("before", "after"), [(20, 500), (500, 20), (500, 496), (3, 95_440), (95_440, 3)])
@pytest.mark.parametrize("field", [False, True])
def test_a_stream_is_behind_the_leap_from_its_first_new_time_on(before: float, after: float, field: bool) -> None:
    """F-11, F-14."""
    leap = behind(before, after)
    old, new = timed(SOUND, before + 0.3, field=field), timed(SOUND, after + 0.5, field=field)
    assert [leap.belongs(one) for one in (packet(SOUND, 1), old, packet(SOUND, 2), new, packet(SOUND, 3))] == [
        False, False, False, True, True,
    ]
    assert leap.belongs(timed(SOUND, before)), "what has arrived is looked at no more"


def test_the_stream_that_told_the_leap_has_leapt_itself() -> None:
    assert behind(20, 500).belongs(packet(PICTURE, 1))


@pytest.mark.parametrize("begins", [
    packet(SOUND, 1)[:1] + b"\x41" + packet(SOUND, 1)[2:],
    b"\x47\x41\x01\x10" + b"\0\0\1\xc0\0\0\x80\0\0" + bytes(175),
    b"\x47\x41\x01\x30\xb7" + bytes(183),
], ids=["no head", "no time", "nothing but a field"])
def test_what_has_no_time_is_let_through(begins: bytes) -> None:
    assert behind(20, 500).belongs(begins)
