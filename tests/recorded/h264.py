"""Grey H.264 pictures written by hand: an IDR picture of flat macroblocks, and pictures that only repeat it.

Constrained Baseline, one slice a picture, CAVLC. A few hundred bytes for any size, and real decoders show it.
"""

from tests.recorded.bits import Bits

_FLAT_MACROBLOCK = "00100" + "1" + "1" + "1"
"""I_16x16 with DC prediction and nothing coded: mb_type 3, chroma DC, no change of QP, no coefficients."""


def sps(width: int, height: int, *, level: int = 31) -> bytes:
    """Sequence parameters (H.264 7.3.2.1.1) with cropping to `width` x `height`; sides are even."""
    across, down = -(-width // 16), -(-height // 16)
    bits = Bits().u(8, 66).u(8, 0xC0).u(8, level).ue(0)
    bits.ue(4).ue(2)  # frame numbers of 8 bits; output order is coding order
    bits.ue(1).u(1, 0).ue(across - 1).ue(down - 1).u(1, 1).u(1, 1)
    right, bottom = (across * 16 - width) // 2, (down * 16 - height) // 2
    if right or bottom:
        bits.u(1, 1).ue(0).ue(right).ue(0).ue(bottom)
    else:
        bits.u(1, 0)
    return _nal(0x67, bits.u(1, 0).rbsp())


def pps() -> bytes:
    """Picture parameters (H.264 7.3.2.2)."""
    bits = Bits().ue(0).ue(0).u(1, 0).u(1, 0).ue(0).ue(0).ue(0).u(1, 0).u(2, 0).se(0).se(0).se(0)
    return _nal(0x68, bits.u(1, 0).u(1, 0).u(1, 0).rbsp())


def idr_picture(width: int, height: int, *, number: int) -> bytes:
    """A grey IDR picture; neighbouring IDR pictures need different numbers (H.264 7.4.3)."""
    bits = Bits().ue(0).ue(7).ue(0).u(8, 0).ue(number % 2).u(1, 0).u(1, 0).se(0)
    return _nal(0x65, bits.repeat(_FLAT_MACROBLOCK, _macroblocks(width, height)).rbsp())


def still_picture(width: int, height: int, *, frame: int) -> bytes:
    """A picture that repeats the one before; `frame` counts from the IDR picture."""
    bits = Bits().ue(0).ue(5).ue(0).u(8, frame % 256).u(1, 0).u(1, 0).u(1, 0).se(0)
    return _nal(0x41, bits.ue(_macroblocks(width, height)).rbsp())


def _macroblocks(width: int, height: int) -> int:
    return -(-width // 16) * -(-height // 16)


def _nal(header: int, rbsp: bytes) -> bytes:
    body = bytearray()
    zeros = 0
    for byte in rbsp:
        if zeros >= 2 and byte <= 3:
            body.append(3)  # emulation prevention (H.264 7.4.1)
            zeros = 0
        body.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes([header]) + bytes(body)
