"""The ladder: the set of encodings of a channel."""

from dataclasses import dataclass

from flow.canvas import Canvas
from flow.ids import RenditionId

AUDIO = RenditionId("audio")
"""The id of the sound rendition; each ladder has one."""


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
    """Renditions from the highest to the lowest, one sound, and the canvas they are made from."""

    name: str
    canvas: Canvas
    video: tuple[Rendition, ...]
    audio_bitrate: int

    @property
    def renditions(self) -> tuple[RenditionId, ...]:
        """Ids of all renditions, video first, in the ladder's order, the sound last."""
        return (*(rung.id for rung in self.video), AUDIO)
