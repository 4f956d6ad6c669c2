"""How many pictures a decoder holds back before it shows one, from the sequence parameter set of H.264."""

from packager.ts.bits import Bits

SILENT = 2
"""Pictures held back where a stream does not say: no encoder used here holds back more.

The standard would have as many taken as a decoder has room for (E.2.1), and every box would wait for that.
"""

_WITH_CHROMA = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
_YUV_444 = 3
_EXTENDED_SAR = 255
_PICTURES_AS_CODED = 2  # pic_order_cnt_type 2 (8.2.1.3)


def held_back(sps: bytes) -> int:
    """`max_num_reorder_frames` of a sequence parameter set, a NAL unit with its header (7.3.2.1.1, E.1.1).

    Raises MediaError when it ends too early.
    """
    bits = Bits(_without_emulation(sps[1:]))
    profile = bits.u(8)
    bits.u(16)  # constraints and level
    bits.ue()
    if profile in _WITH_CHROMA:
        _skip_chroma(bits)
    bits.ue()  # log2_max_frame_num
    order = bits.ue()
    _skip_order(bits, order)
    bits.ue()  # max_num_ref_frames
    bits.flag()
    bits.ue()  # width
    bits.ue()  # height
    if not bits.flag():  # frame_mbs_only
        bits.flag()
    bits.flag()  # direct_8x8_inference
    if bits.flag():  # cropping
        for _ in range(4):
            bits.ue()
    if order == _PICTURES_AS_CODED:
        return 0
    return _from_vui(bits) if bits.flag() else SILENT


def _without_emulation(data: bytes) -> bytes:
    """Without the bytes that keep start codes out (7.4.1)."""
    return data.replace(b"\0\0\x03", b"\0\0")


def _skip_chroma(bits: Bits) -> None:
    chroma = bits.ue()
    if chroma == _YUV_444:
        bits.flag()
    bits.ue()
    bits.ue()
    bits.flag()
    if bits.flag():
        for place in range(8 if chroma != _YUV_444 else 12):
            if bits.flag():
                _skip_scaling(bits, 16 if place < 6 else 64)


def _skip_scaling(bits: Bits, size: int) -> None:
    """A scaling list (7.3.2.1.1.1)."""
    last = step = 8
    for _ in range(size):
        if step:
            step = (last + bits.se() + 256) % 256
        last = step or last


def _skip_order(bits: Bits, order: int) -> None:
    if order == 0:
        bits.ue()
    elif order == 1:
        bits.flag()
        bits.se()
        bits.se()
        for _ in range(min(bits.ue(), 255)):
            bits.se()


def _from_vui(bits: Bits) -> int:
    if bits.flag() and bits.u(8) == _EXTENDED_SAR:
        bits.u(32)
    if bits.flag():  # overscan
        bits.flag()
    if bits.flag():  # video signal type
        bits.u(4)
        if bits.flag():
            bits.u(24)
    if bits.flag():  # chroma location
        bits.ue()
        bits.ue()
    if bits.flag():  # timing
        bits.u(65)
    network, video = _skip_hrd(bits), _skip_hrd(bits)
    if network or video:
        bits.flag()
    bits.flag()  # pic_struct
    if not bits.flag():  # bitstream_restriction
        return SILENT
    bits.flag()
    for _ in range(4):
        bits.ue()
    return bits.ue()


def _skip_hrd(bits: Bits) -> bool:
    """Parameters of the hypothetical decoder (E.1.2), and whether there are any."""
    if not bits.flag():
        return False
    count = min(bits.ue(), 31) + 1
    bits.u(8)
    for _ in range(count):
        bits.ue()
        bits.ue()
        bits.flag()
    bits.u(20)
    return True
