"""Times of a movie fragment: when it begins, how long it lasts, and whether playing can begin there."""

from dataclasses import dataclass
from typing import Self

from flow.boxes import Fields, find, walk
from flow.errors import MediaError
from flow.timebase import SCALE

_LARGEST_TIME = 2**53
"""Players count in doubles: no time may need more."""

_NOT_SYNC = 0x10000  # sample_is_non_sync_sample (ISO/IEC 14496-12, 8.8.3.1)

# tf_flags of tfhd (8.8.7.1)
_BASE_OFFSET, _DESCRIPTION, _DURATION, _SIZE, _FLAGS = 0x1, 0x2, 0x8, 0x10, 0x20

# tr_flags of trun (8.8.8.1)
_DATA_OFFSET, _FIRST_FLAGS = 0x1, 0x4
_EACH_DURATION, _EACH_SIZE, _EACH_FLAGS, _EACH_OFFSET = 0x100, 0x200, 0x400, 0x800


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a sample unless its fragment says otherwise (`trex`, 8.8.3)."""

    track: int
    duration: int
    flags: int

    @classmethod
    def of(cls, moov: memoryview) -> Self:
        """From a movie box with one track; raises MediaError unless the track counts on the clock grid's scale."""
        header = Fields(find(moov, "trak", "mdia", "mdhd"))
        version, _ = header.version_and_flags()
        header.take(16 if version else 8)
        scale = header.number(4)
        if scale != SCALE:
            message = f"the track counts {scale} units a second, not {SCALE}"
            raise MediaError(message)
        extends = Fields(find(moov, "mvex", "trex"))
        extends.take(4)
        track = extends.number(4)
        extends.take(4)
        duration = extends.number(4)
        extends.take(4)
        return cls(track, duration, extends.number(4))


@dataclass(frozen=True, slots=True)
class Times:
    """Start and duration of a fragment in units, and whether its first sample is a sync sample."""

    start: int
    duration: int
    independent: bool


def times_of(moof: memoryview, defaults: Defaults) -> Times:
    """Times of the fragment whose `moof` has this content.

    Raises MediaError when it is malformed, has no samples, more than one track or another one than `defaults`.
    """
    (traf,) = tracks if len(tracks := [c for kind, c in walk(moof) if kind == "traf"]) == 1 else (None,)
    if traf is None:
        message = f"a fragment has {len(tracks)} tracks, not one"
        raise MediaError(message)
    here = _track_defaults(find(traf, "tfhd"), defaults)
    clock = Fields(find(traf, "tfdt"))
    version, _ = clock.version_and_flags()
    start = clock.number(8 if version else 4)
    runs = [_run(content, here) for kind, content in walk(traf) if kind == "trun"]
    duration = sum(length for length, _ in runs)
    if not duration or start + duration > _LARGEST_TIME:
        message = f"a fragment at {start} lasts {duration} units"
        raise MediaError(message)
    first_flags = next(flags for length, flags in runs if length)
    return Times(start, duration, not first_flags & _NOT_SYNC)


def _track_defaults(tfhd: memoryview, defaults: Defaults) -> Defaults:
    fields = Fields(tfhd)
    _, flags = fields.version_and_flags()
    track = fields.number(4)
    if track != defaults.track:
        message = f"a fragment of track {track}, not {defaults.track}"
        raise MediaError(message)
    fields.take((8 if flags & _BASE_OFFSET else 0) + (4 if flags & _DESCRIPTION else 0))
    duration = fields.number(4) if flags & _DURATION else defaults.duration
    fields.take(4 if flags & _SIZE else 0)
    return Defaults(track, duration, fields.number(4) if flags & _FLAGS else defaults.flags)


def _run(trun: memoryview, defaults: Defaults) -> tuple[int, int]:
    """Duration of a run of samples, and the flags of its first."""
    fields = Fields(trun)
    _, flags = fields.version_and_flags()
    count = fields.number(4)
    fields.take(4 if flags & _DATA_OFFSET else 0)
    first = fields.number(4) if flags & _FIRST_FLAGS else None
    width = 4 * sum(bool(flags & field) for field in (_EACH_DURATION, _EACH_SIZE, _EACH_FLAGS, _EACH_OFFSET))
    table = fields.take(count * width)
    if first is None:
        first = defaults.flags
        if flags & _EACH_FLAGS and count:
            skipped = 4 * sum(bool(flags & field) for field in (_EACH_DURATION, _EACH_SIZE))
            first = int.from_bytes(table[skipped : skipped + 4], "big")
    if not flags & _EACH_DURATION:
        return count * defaults.duration, first
    return sum(int.from_bytes(table[at : at + 4], "big") for at in range(0, len(table), width)), first
