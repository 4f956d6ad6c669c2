"""Arithmetic of a profile on the clock grid: where a chunk belongs, how long lists are."""

from flow.chunk import Chunk
from flow.profile import Profile
from flow.timebase import SCALE

LIVE = 120 * SCALE
"""How much is served from memory, in units: two minutes, from which delta updates pay (Apple rule 14.4). What a
playlist lists beyond that comes from the disk."""

MIN_SEGMENTS = 6
"""The fewest segments of a full window (Apple rule 8.11)."""

_HIGHEST_RUN = 10**15
_HIGHEST_START = 2**53


def msn_of(profile: Profile, start: int) -> int:
    """The media sequence number of the segment that holds `start`: segments counted from the epoch."""
    return start // profile.segment


def index_of(profile: Profile, start: int) -> int:
    """The index of the part that begins at `start`, in its segment."""
    return start % profile.segment // profile.chunk


def starts_segment(profile: Profile, start: int) -> bool:
    """Whether `start` is a segment boundary."""
    return start % profile.segment == 0


def round_up(profile: Profile, units: int) -> int:
    """The first segment boundary at or after `units`."""
    return -(-units // profile.segment) * profile.segment


def fits(profile: Profile, chunk: Chunk) -> bool:
    """Whether the chunk lies on the grid with exactly a chunk's length, in a run that can be named.

    Run 0 names what was lost, so no encoder may use it; times stay below 2**53, which players need.
    """
    return (
        chunk.start % profile.chunk == 0
        and 0 <= chunk.start < _HIGHEST_START
        and chunk.duration == profile.chunk
        and 0 < chunk.run < _HIGHEST_RUN
        and len(chunk.body) > 0
    )


def is_run(run: int) -> bool:
    """Whether a run number can be written in a name and is not the one of lost media."""
    return 0 < run < _HIGHEST_RUN


def target_units(profile: Profile) -> int:
    """EXT-X-TARGETDURATION in units."""
    return profile.target_duration * SCALE


def skip_units(profile: Profile) -> int:
    """CAN-SKIP-UNTIL in units: six target durations, the least that there may be (RFC 8216bis 4.4.3.8)."""
    return 6 * target_units(profile)


def live_segments(profile: Profile) -> int:
    """How many complete segments are served from memory."""
    return max(MIN_SEGMENTS, -(-LIVE // profile.segment))


def window_segments(profile: Profile, seconds: int) -> int:
    """How many complete segments a full media playlist lists, for a window of so many seconds."""
    return max(MIN_SEGMENTS, -(-seconds * SCALE // profile.segment))


def part_limit(profile: Profile) -> int:
    """The Advance Part Limit (RFC 8216bis 6.2.5.2): 3, or 3 / PART-TARGET below one second; 0 without parts."""
    if not profile.parts:
        return 0
    return max(3, 3 * SCALE // profile.chunk)
