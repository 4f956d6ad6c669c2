"""HEVC beside AVC, for players that choose it: the same sizes and ceilings, made by x265 on the cores.

What x265 is told was measured on faces, halls and slides (docs/performance.md).
"""

from dataclasses import replace
from typing import Any

from flow.ladder import Ladder, Rendition, VideoCodec, hevc_id
from flow.timebase import GOP, SCALE

_THIN = 1_000_000
"""Bit/s of a ceiling below which it is the ceiling that decides what a picture may cost."""
_SOFTER = 3
"""How much higher crf is then: x265 spends its buffer on the quality that it aims at, and has none left for what
moves."""
_PRESET = "veryfast"
_SHORT = 8
"""Pictures: who looks ahead less than that does it for the sake of delay."""
_LEAST_AHEAD = 3
"""One more than the B pictures in a row."""


def with_hevc(ladder: Ladder) -> Ladder:
    """The ladder with an HEVC rendition for each of its own, behind all of them: the first stay what they were for
    those who know no HEVC.

    The ceilings are the same, since they are what lines carry: HEVC is to give a better picture on each line, not
    the same one on a thinner line.
    """
    return replace(ladder, video=(*ladder.video, *map(_twin, ladder.video)))


def _twin(rung: Rendition) -> Rendition:
    crf = rung.crf + (_SOFTER if rung.maxrate < _THIN else 0)
    return replace(rung, id=hevc_id(rung.id), codec=VideoCodec.HEVC, crf=crf, preset=_PRESET)


def hevc_options(rung: Rendition, look_ahead: int, threads: int) -> dict[str, Any]:
    """All that x265 is told besides where key pictures are.

    `hvc1`: parameter sets stand in the init section alone, as Apple's players want it (Authoring Specification
    1.10). Quality, ceiling and buffer as x264 has them, and its labels of colour.
    """
    own = {**_keys(rung), **_delay(look_ahead, threads), **_strengths(rung), **_tools(), **_silence()}
    own |= {"colorprim": "bt709", "transfer": "bt709", "colormatrix": "bt709"}
    return {
        "c:v": "libx265", "tag:v": "hvc1", "preset": rung.preset, "pix_fmt": "yuv420p", "forced-idr": 1,
        "crf": rung.crf, "maxrate": rung.refill, "bufsize": rung.bufsize,
        "x265-params": ":".join(f"{key}={value}" for key, value in own.items()),
    }


def _keys(rung: Rendition) -> dict[str, Any]:
    """Key pictures are IDR pictures, at each segment's beginning and nowhere else."""
    pictures = rung.fps * GOP // SCALE
    return {"keyint": pictures, "min-keyint": pictures, "scenecut": 0, "open-gop": 0}


def _delay(look_ahead: int, threads: int) -> dict[str, Any]:
    """As x264: two B pictures, none a reference; `frame-threads`: no picture waits for another to be coded too.

    x265 holds four more pictures back than x264 that looks ahead as far (counted with 3.5 and 4.3). Where delay
    counts it looks ahead less, and both leave at one time; elsewhere it is 0.16 s behind: with 8 in place of 12
    slides lose a point of VMAF.
    """
    ahead = look_ahead if look_ahead >= _SHORT else _LEAST_AHEAD
    return {"bframes": 2, "b-pyramid": 0, "rc-lookahead": ahead, "frame-threads": 1, "pools": threads}


def _strengths(rung: Rendition) -> dict[str, Any]:
    """Those of the ladder, on x265's scales."""
    return {"aq-strength": f"{rung.aq:g}", "psy-rd": f"{2 * rung.psy:g}", "psy-rdoq": f"{rung.psy:g}"}


def _tools() -> dict[str, Any]:
    """What is not as the preset has it; each line is worth a quarter to half a point of VMAF on a thin rung.

    `rdoq-level` 2: coefficients are weighed against their bits, as the presets of x264 in use have it, and x265's
    only from `slow` on. `sao`: it smooths away what little a thin rung has of faces' and walls' structure.
    `ipratio`, `pbratio`: a segment is short, so its key picture is not worth as much more. `early-skip`:
    blocks are left as they were only after the other ways have been tried.
    """
    return {"rdoq-level": 2, "sao": 0, "ipratio": 1.2, "pbratio": 1.2, "early-skip": 0}


def _silence() -> dict[str, Any]:
    """`info`: version and options would stand in each init section and differ by machine; `log-level`: errors
    alone, the rest is no warning."""
    return {"info": 0, "log-level": "error"}
