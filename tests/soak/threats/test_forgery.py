"""What is forged is what SRT looks at."""

import random
import struct

from tests.soak.threats.forgery import LONGEST, answered, calls, conclusions, forged, inductions


def _handshake(step: int, cookie: bytes, call: int) -> bytes:
    head = struct.pack(">HHIII", 0x8000, 0, 0, 0, call)
    return head + struct.pack(">IHHIIIII4s", 5, 0, 2, 1, 1_500, 8_192, step, 7, cookie) + bytes(16)


FIRST, SECOND = _handshake(1, b"mine", 0), _handshake(0xFFFFFFFF, b"mine", 77)
MEDIA = struct.pack(">IIII", 1, 0xC0000001, 0, 77) + bytes(1_316)


def test_the_steps_of_a_recorded_call_are_known_and_take_the_listener_s_cookie() -> None:
    """T-01."""
    recorded = [FIRST, MEDIA, SECOND]
    assert inductions(recorded) == [FIRST]
    assert conclusions(recorded) == [SECOND]
    assert calls(recorded) == [0, 77]
    assert answered(SECOND, _handshake(1, b"cook", 77)) == _handshake(0xFFFFFFFF, b"cook", 77)


def test_a_seed_gives_the_same_forgeries_of_every_kind_and_none_is_too_long_for_a_datagram() -> None:
    """T-01: control packets of all kinds, and what is none any more."""
    chances = (random.Random(5), random.Random(5))
    made = [[forged([FIRST, MEDIA, SECOND], chance) for _ in range(800)] for chance in chances]
    assert made[0] == made[1]
    assert 0 < min(map(len, made[0])) <= max(map(len, made[0])) <= LONGEST
    kinds = {data[:2] for data in made[0]}
    assert {b"\x80\x00", b"\x80\x03", b"\xff\xff"} <= kinds
    assert not {FIRST, SECOND, MEDIA} & set(made[0])
