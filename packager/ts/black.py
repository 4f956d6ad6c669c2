"""Black pictures, written by hand: what a segment shows of which nothing is left.

They make a stream of their own (parameter sets, a key picture, pictures that repeat it), so they depend on nothing
but their size: whoever fills a hole fills it with the same bytes. H.264 High, as the ladders are, with CAVLC. The
first macroblock is black as it stands (I_PCM), and each further one is like its neighbours (DC prediction): a few
kilobytes for any size.
"""

from packager.ts.avc import DELIMITER, START_CODE

_HIGH = 100
_LEVELS = ((396, 13), (1_620, 30), (3_600, 31), (8_192, 40))
"""Macroblocks of a picture at most, and the level with room for them (H.264 table A-1)."""
_HIGHEST = 51
_BLACK = b"\x10" * 256 + b"\x80" * 128
_LIKE_NEIGHBOURS = "00100" + "1" + "1"
"""I_16x16 with DC prediction (table 7-11): mb_type 3, chroma DC, no change of QP; then how much is coded:"""
_NOTHING, _NOTHING_BESIDE_PCM = "1", "000011"
"""No coefficient, beside macroblocks that have none, and beside I_PCM, which counts as 16 (9.2.1)."""
_FRAME_BITS = 8


def key_picture(width: int, height: int, number: int) -> bytes:
    """An access unit that begins a black stream; `number` tells neighbouring ones apart (7.4.3)."""
    bits = _ue(0) + _ue(7) + _ue(0) + _u(_FRAME_BITS, 0) + _ue(2 + number % 2) + "00" + _ue(0)
    bits += _ue(25)  # I_PCM
    bits += "0" * (-len(bits) % 8) + _of_bytes(_BLACK)
    beside = {1, -(-width // 16)}
    bits += "".join(
        _LIKE_NEIGHBOURS + (_NOTHING_BESIDE_PCM if place in beside else _NOTHING)
        for place in range(1, _macroblocks(width, height))
    )
    nals = (_nal(0x67, _sequence(width, height)), _nal(0x68, _PICTURES), _nal(0x65, bits + "1"))
    return DELIMITER + b"".join(START_CODE + nal for nal in nals)


def repeated_picture(width: int, height: int, frame: int) -> bytes:
    """An access unit that shows the one before again; `frame` counts from the key picture."""
    bits = _ue(0) + _ue(5) + _ue(0) + _u(_FRAME_BITS, frame % 2**_FRAME_BITS) + "000" + _ue(0)
    return DELIMITER + START_CODE + _nal(0x41, bits + _ue(_macroblocks(width, height)) + "1")


def _sequence(width: int, height: int) -> str:
    """Sequence parameters (7.3.2.1.1): 4:2:0 in 8 bits, pictures in the order of their coding, one kept."""
    across, down = -(-width // 16), -(-height // 16)
    level = next((level for most, level in _LEVELS if across * down <= most), _HIGHEST)
    bits = _u(8, _HIGH) + _u(8, 0) + _u(8, level) + _ue(0) + _ue(1) + _ue(0) + _ue(0) + "00"
    bits += _ue(_FRAME_BITS - 4) + _ue(2) + _ue(1) + "0" + _ue(across - 1) + _ue(down - 1) + "11"
    right, bottom = (across * 16 - width) // 2, (down * 16 - height) // 2
    bits += "1" + _ue(0) + _ue(right) + _ue(0) + _ue(bottom) if right or bottom else "0"
    return bits + "0" + "1"


def _macroblocks(width: int, height: int) -> int:
    return -(-width // 16) * -(-height // 16)


def _u(width: int, number: int) -> str:
    return f"{number:0{width}b}"


def _ue(number: int) -> str:
    """An Exp-Golomb number (9.1); 0 is the same signed."""
    digits = f"{number + 1:b}"
    return "0" * (len(digits) - 1) + digits


def _of_bytes(data: bytes) -> str:
    return "".join(f"{byte:08b}" for byte in data)


def _nal(header: int, bits: str) -> bytes:
    """A NAL unit of these bits, the stop bit among them, with what keeps start codes out (7.4.1)."""
    bits += "0" * (-len(bits) % 8)
    body = bytearray((header,))
    zeros = 0
    for byte in int(bits, 2).to_bytes(len(bits) // 8, "big"):
        if zeros >= 2 and byte <= 3:
            body.append(3)
            zeros = 0
        body.append(byte)
        zeros = 0 if byte else zeros + 1
    return bytes(body)


_PICTURES = _ue(0) + _ue(0) + "00" + _ue(0) * 3 + "000" + _ue(0) * 3 + "000" + "1"
"""Picture parameters (7.3.2.2): CAVLC, nothing weighted."""
