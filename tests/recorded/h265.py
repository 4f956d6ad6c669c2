"""Grey H.265 pictures of one size: an IDR picture, and pictures that only repeat it.

Recorded from x265, since CABAC is not for hands; a still picture differs from the next in its number alone.
"""

WIDTH, HEIGHT = 128, 72

CONFIG = bytes.fromhex(
    "0101600000009000000000001ef000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003000003001eba0240a1000100"
    "2c42010101600000030090000003000003001ea010204965ba924c2f016a02020208000003000800000300c840a2000100074401c072b022"
    "40"
)
"""HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 8.3.3.1): Main profile, level 1, the parameter sets in it."""

CODECS = "hvc1.1.6.L30.90"

IDR_PICTURE = bytes.fromhex("2801ac769329deec54d35972c5800000030143")

_FIRST = bytes.fromhex("0201d009798ec0ef57aa80")
"""It has one picture before it, and says so in other words than those that have more."""
_LATER = int("0201d011fe6390ef57aa80", 16)
_NUMBER_ENDS = 59
"""Bits behind slice_pic_order_cnt_lsb, which has 8 (H.265 7.3.6.1)."""


def still_picture(frame: int) -> bytes:
    """A picture that repeats the one before; `frame` counts from the IDR picture."""
    if frame == 1:
        return _FIRST
    return (_LATER & ~(0xFF << _NUMBER_ENDS) | frame % 256 << _NUMBER_ENDS).to_bytes(len(_FIRST), "big")
