"""Latency profiles: how long parts and segments are (the clock grid's table)."""

from dataclasses import dataclass
from enum import StrEnum

from flow.timebase import GOP, SCALE


class ProfileName(StrEnum):
    """What an operator may choose for a channel."""

    CLASSIC = "classic"
    LOW = "low"
    ULTRA = "ultra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Lengths on the clock grid, in units.

    `chunk` is what the encoder emits at a time; `parts` says whether playlists list chunks as parts.
    """

    name: ProfileName
    chunk: int
    segment: int
    parts: bool

    @property
    def target_duration(self) -> int:
        """EXT-X-TARGETDURATION in whole seconds: the segment's length, rounded (RFC 8216bis 4.4.3.1)."""
        return (self.segment * 2 + SCALE) // (SCALE * 2)

    @property
    def chunks_per_segment(self) -> int:
        """Chunks, and so parts, in one segment."""
        return self.segment // self.chunk


PROFILES = {
    ProfileName.CLASSIC: Profile(name=ProfileName.CLASSIC, chunk=30_720, segment=2 * GOP, parts=False),
    ProfileName.LOW: Profile(name=ProfileName.LOW, chunk=30_720, segment=GOP, parts=True),
    ProfileName.ULTRA: Profile(name=ProfileName.ULTRA, chunk=15_360, segment=GOP, parts=True),
}
