"""The kinds of encoder that can make a channel's pictures."""

from enum import StrEnum


class EncoderKind(StrEnum):
    """`x264` computes on the machine's cores; the others are hardware: NVIDIA's, and Intel's by two ways, of which
    VAAPI leads to AMD's too. All make H.264."""

    X264 = "x264"
    NVENC = "nvenc"
    QSV = "qsv"
    VAAPI = "vaapi"


AUTO = "auto"
"""In place of a kind: the best one that this machine has."""

HARDWARE = (EncoderKind.NVENC, EncoderKind.QSV, EncoderKind.VAAPI)
"""The best first. Of the two ways to Intel's, QSV has the better rate control."""


def to_try(wish: str) -> tuple[EncoderKind, ...]:
    """What to try for a wish, the best first; x264 is always there, needs no trial, and is not among them.

    Raises ValueError for a word that is no kind.
    """
    if wish == AUTO:
        return HARDWARE
    return () if wish == EncoderKind.X264 else (EncoderKind(wish),)
