"""Silence in AAC-LC, written by hand: 48 kHz, stereo, 1,024 samples a frame."""

from tests.recorded.bits import Bits

CONFIG = bytes([0x11, 0x90])
"""AudioSpecificConfig (ISO 14496-3 1.6.2.1): AAC-LC, 48 kHz, two channels."""


def silent_frame() -> bytes:
    """A channel pair with no bands coded (ISO 14496-3 4.4.2.1)."""
    bits = Bits().u(3, 1).u(4, 0).u(1, 1)
    bits.u(1, 0).u(2, 0).u(1, 0).u(6, 0).u(1, 0).u(2, 0)
    for _ in range(2):
        bits.u(8, 100).u(1, 0).u(1, 0).u(1, 0)
    return bits.u(3, 7).padded()
