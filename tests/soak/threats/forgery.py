"""Datagrams of a recorded SRT call, forged: bytes in, bytes out (draft-sharabayko-srt, 3.2).

A control packet begins with 16 bytes, the first of which has its highest bit set; in a handshake the kind of its
step lies 20 bytes behind them and its cookie 28.
"""

import random
import struct
from collections.abc import Sequence

HEAD = 16
_STEP, _COOKIE = HEAD + 20, HEAD + 28
_INDUCTION, _CONCLUSION = 1, 0xFFFFFFFF
_HANDSHAKE, _LOSS, _KEY_REQUEST, _EXTENDED = 0, 3, 3, 0x7FFF
_KINDS = (1, 2, _LOSS, 4, 5, 6, 7, 8)
"""Keep-alive, acknowledgement, loss report, congestion, shutdown, of acknowledgements, drop request, error."""
LONGEST = 1_456


def step_of(data: bytes) -> int | None:
    """Which step a handshake is, None for anything else."""
    if len(data) < HEAD + 48 or data[0] != 0x80 or data[1] != _HANDSHAKE:
        return None
    return int(struct.unpack_from(">I", data, _STEP)[0])


def inductions(recorded: Sequence[bytes]) -> list[bytes]:
    """With which a caller begins."""
    return [data for data in recorded if step_of(data) == _INDUCTION]


def conclusions(recorded: Sequence[bytes]) -> list[bytes]:
    """With which it goes on, its key among them."""
    return [data for data in recorded if step_of(data) == _CONCLUSION]


def answered(conclusion: bytes, induction: bytes) -> bytes:
    """A conclusion with the cookie of a listener's answer, else it would not be looked at any further."""
    return conclusion[:_COOKIE] + induction[_COOKIE:_COOKIE + 4] + conclusion[_COOKIE + 4:]


def wounded(data: bytes, chance: random.Random) -> bytes:
    """A few bits turned over, and now and then cut off, or filled up."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    match chance.randrange(8):
        case 0:
            del out[chance.randrange(1, len(out) + 1):]
        case 1:
            out += chance.randbytes(chance.randrange(1, 200))
    return bytes(out[:LONGEST])


def control(chance: random.Random, called: Sequence[int]) -> bytes:
    """A control packet for a call that is, or for none: losses without an end, keys, and all others."""
    kind = chance.choice((*_KINDS, _LOSS, _LOSS, _EXTENDED, _EXTENDED))
    special = chance.choice((_KEY_REQUEST, 4, 1, 2, 0)) if kind == _EXTENDED else 0
    to = chance.choice((*called, 0, chance.getrandbits(32)))
    head = struct.pack(">HHIII", 0x8000 | kind, special, chance.getrandbits(32), chance.getrandbits(32), to)
    if kind == _LOSS:  # from one number to another, which may be half of all there are
        first = chance.getrandbits(31)
        return head + struct.pack(">II", 0x80000000 | first, first + chance.getrandbits(30) & 0x7FFFFFFF)
    return head + chance.randbytes(chance.randrange(0, 30) * 4)


def calls(recorded: Sequence[bytes]) -> list[int]:
    """The numbers by which the packets name the call that they are for."""
    return sorted({struct.unpack_from(">I", data, 12)[0] for data in recorded if len(data) >= HEAD})


def forged(recorded: Sequence[bytes], chance: random.Random) -> bytes:
    """One datagram, of a recording."""
    shaken = [*inductions(recorded), *conclusions(recorded)]
    match chance.randrange(10):
        case 0 | 1 | 2 | 3:
            return wounded(chance.choice(shaken), chance)
        case 4 | 5 | 6:
            return wounded(chance.choice(recorded), chance)
        case 7 | 8:
            return control(chance, calls(recorded))
        case _:
            return wounded(control(chance, calls(recorded)), chance)
