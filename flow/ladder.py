"""The ladder: the set of encodings of a channel."""

from dataclasses import dataclass

from flow.canvas import Canvas
from flow.ids import RenditionId

AUDIO = RenditionId("audio")
"""The id of the first sound track's rendition; further ones are `audio-2`, `audio-3`, …"""

_TS = "ts-"


def sound_id(at: int) -> RenditionId:
    """The id of the rendition of a channel's sound track, counted from 0."""
    return RenditionId(f"{AUDIO}-{at + 1}") if at else AUDIO


def is_sound(rendition: RenditionId) -> bool:
    """Whether an id is a sound track's."""
    return rendition == AUDIO or rendition.startswith(f"{AUDIO}-")


def ts_id(rendition: RenditionId) -> RenditionId:
    """The id under which a picture and the first sound are one transport stream, for old boxes."""
    return RenditionId(f"{_TS}{rendition}")


def is_ts(rendition: RenditionId) -> bool:
    """Whether an id is a transport stream's."""
    return rendition.startswith(_TS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One video encoding: size, rate and what its rate control may spend.

    `crf` is the quality aimed at, `maxrate` the ceiling in bit/s that the VBV holds over `bufsize` bits.
    """

    id: RenditionId
    width: int
    height: int
    fps: int
    crf: int
    maxrate: int
    bufsize: int
    preset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Renditions from the highest to the lowest, the canvas they are made from, and the bit/s of a sound track."""

    name: str
    canvas: Canvas
    video: tuple[Rendition, ...]
    audio_bitrate: int
