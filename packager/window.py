"""The sliding window: the complete segments that a media playlist lists."""

from dataclasses import dataclass, replace
from typing import Self

from flow.profile import Profile
from packager.grid import target_units
from packager.segment import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """At most `limit` segments with consecutive numbers, oldest first."""

    limit: int
    segments: tuple[Segment, ...] = ()

    def append(self, segment: Segment) -> tuple[Self, tuple[Segment, ...]]:
        """The window with one more segment, and the segments that left it for that.

        Raises ValueError when its number is not the next one (RFC 8216bis 6.2.2: no number is left out).
        """
        if self.segments and segment.msn != self.segments[-1].msn + 1:
            message = f"segment {segment.msn} after {self.segments[-1].msn}"
            raise ValueError(message)
        kept = (*self.segments, segment)
        cut = max(0, len(kept) - self.limit)
        return replace(self, segments=kept[cut:]), kept[:cut]

    def find(self, msn: int) -> Segment | None:
        """The segment with this number, or None."""
        if not self.segments:
            return None
        place = msn - self.segments[0].msn
        return self.segments[place] if 0 <= place < len(self.segments) else None

    def with_map(self, map_run: int) -> Self:
        """The window with an init section for segments that had none (all lost, and not yet shown)."""
        return replace(self, segments=tuple(
            segment if segment.map_run else replace(segment, map_run=map_run) for segment in self.segments
        ))


def parts_from(profile: Profile, frontier: int) -> int:
    """The first segment whose parts are listed when the playlist ends at `frontier`.

    Parts go once they are more than three target durations from the end (RFC 8216bis 6.2.2), where the hinted
    part is the end. They go with their whole segment, because clients count a part's index from the first
    one listed.
    """
    return -(-(frontier + profile.chunk - 3 * target_units(profile)) // profile.segment)


def skippable(profile: Profile, segments: int) -> int:
    """How many of so many segments a delta update leaves out: those that lie wholly before the skip boundary.

    The boundary is six target durations from the end of the last segment (RFC 8216bis 4.4.3.8, 6.2.5.1).
    """
    kept = -(-6 * target_units(profile) // profile.segment)
    return max(0, segments - kept)
