"""Options of hardware encoders: what makes their pictures lie on the grid as x264's do.

Each group of options stands in a function that says why it is there. They are understood by FFmpeg 5.1 to 9.0.
"""

from typing import Any

from ffmpeg.nodes import Stream

from flow.encoder_kind import EncoderKind
from flow.ladder import Rendition

NAMES = {
    EncoderKind.NVENC: "h264_nvenc", EncoderKind.QSV: "h264_qsv", EncoderKind.VAAPI: "h264_vaapi",
}
"""What FFmpeg calls them."""

B_PICTURES = 2
"""Between two others, as x264 has them; none is a reference of another."""

_VAAPI_DEVICE = "gpu"


def device_of(kind: EncoderKind) -> list[str]:
    """Global options that open the device. Pictures go to VAAPI's device before they are encoded; which one it is
    FFmpeg finds out. The other encoders open their own."""
    if kind is not EncoderKind.VAAPI:
        return []
    return ["-init_hw_device", f"vaapi={_VAAPI_DEVICE}", "-filter_hw_device", _VAAPI_DEVICE]


def prepared(picture: Stream, kind: EncoderKind) -> Stream:
    """The picture as the encoder takes it.

    `setparams`: every size is labelled BT.709, as x264's are: players guess BT.601 for small pictures. It changes
    no pixel. Intel's and VAAPI's take no planar pictures, so these are woven; VAAPI's must lie on its device.
    """
    labelled = picture.filter(
        "setparams", range="limited", color_primaries="bt709", color_trc="bt709", colorspace="bt709",
    )
    if kind is EncoderKind.NVENC:
        return labelled
    woven = labelled.filter("format", "nv12")
    return woven.filter("hwupload") if kind is EncoderKind.VAAPI else woven


def hardware_options(rung: Rendition, kind: EncoderKind) -> dict[str, Any]:
    """All that an encoder of this kind is told besides where key pictures are."""
    own = {EncoderKind.NVENC: _nvenc, EncoderKind.QSV: _qsv, EncoderKind.VAAPI: _vaapi}[kind]
    return {"c:v": NAMES[kind], "profile:v": "high", "bf": B_PICTURES, **_rate(rung), **own()}


def _rate(rung: Rendition) -> dict[str, Any]:
    """The ladder's ceiling and buffer, as x264 has them, and below the ceiling an aim in place of a quality.

    Where a quality is to be held NVENC has no buffer (FFmpeg's nvenc.c), and not every driver of the others has a
    ceiling. An aim as high as the ceiling would be taken for a constant rate, and padded.
    """
    return {"b:v": rung.refill * 3 // 4, "maxrate": rung.refill, "bufsize": rung.bufsize}


def _nvenc() -> dict[str, Any]:
    """`forced-idr`: a key picture that is asked for is an IDR picture, not just an intra one; `no-scenecut`:
    nobody else asks for one. `b_ref_mode`: no B picture is a reference, so that decoders hold one picture back and
    not more. No look-ahead and no `delay`: by itself it would wait until its surfaces are full. `multipass` looks
    at each picture twice, so that the use of the buffer is planned and not guessed.
    """
    return {
        "rc": "vbr", "preset": "p6", "tune": "hq", "multipass": "fullres", "forced-idr": 1, "no-scenecut": 1,
        "b_ref_mode": "disabled", "rc-lookahead": 0, "delay": 0,
    }


def _qsv() -> dict[str, Any]:
    """`forced_idr` and `idr_interval`: each key picture is an IDR picture. `adaptive_i`, `adaptive_b`: no other at
    a change of scene, and B pictures where they always are; `b_strategy`: none of them is a reference.
    `async_depth`: by itself it holds four pictures back.
    """
    return {
        "preset": "slow", "forced_idr": 1, "idr_interval": 0, "adaptive_i": 0, "adaptive_b": 0, "b_strategy": 0,
        "look_ahead": 0, "async_depth": 1,
    }


def _vaapi() -> dict[str, Any]:
    """`idr_interval`: each key picture is an IDR picture; it puts none at a change of scene. `b_depth`: no B
    picture is a reference. `async_depth`: nothing is held back besides. `rc_mode`: the ceiling holds, or the
    encoder is refused.
    """
    return {"rc_mode": "VBR", "idr_interval": 0, "b_depth": 1, "async_depth": 1}
