"""With which matrix a feed's pictures were made of red, green and blue, and how they become the canvas's BT.709.

FFmpeg converts what says its matrix, and what is RGB. What says none is taken for BT.709, as it was made by most
of today's equipment: H.264 and MPEG-2 by a default that FFmpeg's decoders keep (`UNSAID`). Those of HEVC, VP9 and
some others forget it, and the filter would take their pictures for BT.601: of them nothing is converted (`blind`).
Primaries and transfer (HDR) stay what they are.
"""

import re

UNSAID = "bt709"
"""FFmpeg's name of the matrix of pictures that name none."""

_YUV = re.compile(r"\b(?:yuvj?|nv|p)\d\w*(?:\(([^)]*)\))?,")
"""The pixel format in FFmpeg's line on a stream, with what it adds in brackets: range, matrix, order of fields,
and where chroma lies."""
_NAMES = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
_OTHERS = frozenset({
    "tv", "pc", "progressive", "left", "center", "topleft", "top", "bottomleft", "bottom",
})


def blind(line: str) -> bool | None:
    """Whether pictures are YUV and nothing is known of their matrix, from FFmpeg's line on their stream; None when
    the line does not tell."""
    found = _YUV.search(line)
    if found is None:
        return None
    words = [word.strip() for word in (found[1] or "").split(",")]
    matrices = [word.partition("/")[0] for word in words if _NAMES.fullmatch(word) and word not in _OTHERS]
    return not matrices or matrices[0] == "unknown"


def converted(*, blindly: bool) -> str:
    """The options of FFmpeg's scale filter for it. Where both are the same it costs nothing."""
    return f"in_color_matrix={UNSAID if blindly else 'auto'}:out_color_matrix=bt709"
