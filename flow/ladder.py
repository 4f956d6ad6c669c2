"""The ladder: the set of encodings of a channel."""

from dataclasses import dataclass

from flow.canvas import Canvas
from flow.ids import RenditionId

AUDIO = RenditionId("audio")
"""The id of the first sound track's rendition; further ones are `audio-2`, `audio-3`, …"""

CAPTIONS = RenditionId("captions")
"""The id of a channel's captions, WebVTT."""

_TS = "ts-"


def sound_id(at: int) -> RenditionId:
    """The id of the rendition of a channel's sound track, counted from 0."""
    return RenditionId(f"{AUDIO}-{at + 1}") if at else AUDIO


def is_sound(rendition: RenditionId) -> bool:
    """Whether an id is a sound track's."""
    return rendition == AUDIO or rendition.startswith(f"{AUDIO}-")


def is_captions(rendition: RenditionId) -> bool:
    """Whether an id is that of captions, whose parts and segments are text."""
    return rendition == CAPTIONS


def ts_id(rendition: RenditionId) -> RenditionId:
    """The id under which a picture and the first sound are one transport stream, for old boxes."""
    return RenditionId(f"{_TS}{rendition}")


def is_ts(rendition: RenditionId) -> bool:
    """Whether an id is a transport stream's."""
    return rendition.startswith(_TS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One video encoding: size, rate and what its rate control may spend.

    `crf` is the quality aimed at. `maxrate` is the ceiling of a segment in bit/s, which playlists declare;
    `bufsize` the bits of its buffer, which may come at once. `aq` and `psy` are the strengths of x264's adaptive
    quantisation and psychovisual decisions, 1 being its own default.
    """

    id: RenditionId
    width: int
    height: int
    fps: int
    crf: int
    maxrate: int
    bufsize: int
    preset: str
    aq: float = 1.0
    psy: float = 1.0

    @property
    def refill(self) -> int:
        """Bit/s at which the buffer fills again: what is left of the ceiling for a picture that never rests.

        When a still picture ends with a cut to dense ones, x264 spends a part of its full buffer on top of that.
        It plans with its look-ahead: with slides of small print, cut every half second, no segment had more than
        0.16 of the buffer above the refill, so a fifth is kept back. Two seconds that lie across segments had up
        to 0.39 of it, which a line with a seventh to spare carries.
        """
        return self.maxrate - self.bufsize // 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Renditions from the highest to the lowest, the canvas they are made from, and the bit/s of a sound track."""

    name: str
    canvas: Canvas
    video: tuple[Rendition, ...]
    audio_bitrate: int
