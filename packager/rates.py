"""Measured bit rates of a rendition, from the segments that are listed."""

from dataclasses import dataclass

from flow.profile import Profile
from flow.timebase import SCALE
from packager.grid import target_units
from packager.segment import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Peak and average in bit/s, 0 while nothing is known."""

    peak: int
    average: int


def rates_of(profile: Profile, segments: tuple[Segment, ...]) -> Rates:
    """The peak as RFC 8216bis 4.1 defines it, and the average, both of media that is not lost.

    The peak segment bit rate is the highest over any contiguous run of segments that lasts between 0.5 and
    1.5 target durations.
    """
    sizes = [segment.size for segment in segments if not segment.lost]
    if not sizes:
        return Rates(peak=0, average=0)
    lengths = run_lengths(profile)
    peak = max((_peak(profile, segments, length) for length in lengths), default=0)
    return Rates(peak=peak, average=_rate(sum(sizes), len(sizes) * profile.segment))


def run_lengths(profile: Profile) -> range:
    """How many segments a run may have to count for the peak."""
    target = target_units(profile)
    return range(max(1, -(-target // (2 * profile.segment))), target * 3 // 2 // profile.segment + 1)


def _peak(profile: Profile, segments: tuple[Segment, ...], length: int) -> int:
    runs = (segments[place : place + length] for place in range(len(segments) - length + 1))
    whole = (sum(segment.size for segment in run) for run in runs if not any(segment.lost for segment in run))
    return _rate(max(whole, default=0), length * profile.segment)


def _rate(size: int, units: int) -> int:
    return -(-size * 8 * SCALE // units)
