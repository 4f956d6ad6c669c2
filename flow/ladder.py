"""The ladder: the set of encodings of a channel."""

from dataclasses import dataclass
from enum import StrEnum

from flow.canvas import Canvas
from flow.ids import RenditionId

AUDIO = RenditionId("audio")
"""The id of the first sound track in a ladder's first group of sounds; further ones are `audio-2`, `audio-3`, …"""

CAPTIONS = RenditionId("captions")
"""The id of a channel's captions, WebVTT."""

_TS = "ts-"
_IFRAMES = "iframes-"
_HEVC = "-hevc"


def sound_id(at: int, group: RenditionId = AUDIO) -> RenditionId:
    """The id of the rendition of a channel's sound track, counted from 0, in a group."""
    return RenditionId(f"{group}-{at + 1}") if at else group


def group_id(at: int, bitrate: int) -> RenditionId:
    """The id of a ladder's group of sounds, counted from 0: `audio`, then by the rate, as in `audio-48k`."""
    return RenditionId(f"{AUDIO}-{bitrate // 1000}k") if at else AUDIO


def is_sound(rendition: RenditionId) -> bool:
    """Whether an id is a sound track's."""
    return rendition == AUDIO or rendition.startswith(f"{AUDIO}-")


def is_captions(rendition: RenditionId) -> bool:
    """Whether an id is that of captions, whose parts and segments are text."""
    return rendition == CAPTIONS


def ts_id(rendition: RenditionId) -> RenditionId:
    """The id under which a picture and its first sound are one transport stream, for old boxes."""
    return RenditionId(f"{_TS}{rendition}")


def is_ts(rendition: RenditionId) -> bool:
    """Whether an id is a transport stream's."""
    return rendition.startswith(_TS)


def hevc_id(rendition: RenditionId) -> RenditionId:
    """The id of the HEVC pictures beside those of a rendition."""
    return RenditionId(f"{rendition}{_HEVC}")


def is_hevc(rendition: RenditionId) -> bool:
    """Whether an id is that of HEVC pictures."""
    return rendition.endswith(_HEVC)


def iframes_id(rendition: RenditionId) -> RenditionId:
    """The id under which the first pictures of a rendition's segments are listed."""
    return RenditionId(f"{_IFRAMES}{rendition}")


def of_iframes(rendition: RenditionId) -> RenditionId | None:
    """The rendition whose first pictures an id lists; None for any other id."""
    return RenditionId(rendition.removeprefix(_IFRAMES)) if rendition.startswith(_IFRAMES) else None


class VideoCodec(StrEnum):
    """What pictures are coded in."""

    AVC = "avc"
    HEVC = "hevc"


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
    codec: VideoCodec = VideoCodec.AVC

    @property
    def refill(self) -> int:
        """Bit/s at which the buffer fills again: what is left of the ceiling for a picture that never rests.

        When a still picture ends with a cut to dense ones, x264 spends a part of its full buffer on top of that.
        It plans with its look-ahead: with slides of small print, cut every half second, no segment had more than
        0.16 of the buffer above the refill, so a fifth is kept back. Two seconds that lie across segments had up
        to 0.39 of it, which a line with a seventh to spare carries. x265 had up to 0.26 of it in a segment: three
        tenths are kept back.
        """
        return self.maxrate - self.bufsize * (3 if self.codec is VideoCodec.HEVC else 2) // 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundGroup:
    """Each sound track at `bitrate` bit/s, for pictures whose ceiling is `from_maxrate` bit/s or more.

    All groups of a channel have the same tracks (RFC 8216bis 4.4.6.1.1), so that a player keeps the track when it
    changes the group with the picture. `id` is the group's, and that of its first track's rendition.
    """

    id: RenditionId = AUDIO
    bitrate: int
    from_maxrate: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Renditions from the highest to the lowest, the canvas they are made from, and the groups of sounds that go
    with them, of which there is at least one. The last goes with whatever is too light for the others."""

    name: str
    canvas: Canvas
    video: tuple[Rendition, ...]
    sounds: tuple[SoundGroup, ...]

    @property
    def avc(self) -> tuple[Rendition, ...]:
        """The pictures that every player and box knows; there is at least one."""
        return tuple(rung for rung in self.video if rung.codec is VideoCodec.AVC)

    @property
    def hevc(self) -> tuple[Rendition, ...]:
        """The same pictures for players that choose HEVC; none unless the operator wants them."""
        return tuple(rung for rung in self.video if rung.codec is VideoCodec.HEVC)

    def sound_of(self, rung: Rendition) -> SoundGroup:
        """The group that suits a picture."""
        return next((group for group in self.sounds if rung.maxrate >= group.from_maxrate), self.sounds[-1])
