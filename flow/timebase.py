"""The clock grid: integers at 48,000 units a second, counted from the Unix epoch.

One unit is one sample of sound, so a picture at 25 frames/s (1,920 units), an AAC frame (1,024 units) and a
segment (92,160 units) are all whole numbers, and video and audio tracks share one timescale. Values since the
epoch stay below 2**53, which players that count in doubles need.
"""

from datetime import UTC, datetime, timedelta

SCALE = 48_000
"""Units in a second; also the timescale of every track."""

TICK = 1_920
"""One step of the programme clock: 40 ms."""

GOP = 92_160
"""Distance between forced IDR pictures: 1.92 s, 48 ticks, 90 AAC frames."""

AAC_FRAME = 1_024
"""Samples in one AAC frame; also the priming that FFmpeg's encoder puts before the first sample."""

TICKS_PER_GOP = GOP // TICK
_NANOSECONDS = 1_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def units_of_ns(nanoseconds: int) -> int:
    """Whole units that lie in so many nanoseconds (rounded down)."""
    return nanoseconds * SCALE // _NANOSECONDS


def seconds_text(units: int, digits: int = 5) -> str:
    """Seconds in decimal, rounded half up, as playlists print durations ("1.92000")."""
    scaled = (units * 10**digits * 2 + SCALE) // (SCALE * 2)
    whole, fraction = divmod(scaled, 10**digits)
    return f"{whole}.{fraction:0{digits}d}"


def micros_text(units: int) -> str:
    """Seconds with six digits, the resolution of FFmpeg's time options."""
    return seconds_text(units, digits=6)


def hours_text(units: int) -> str:
    """Hours, minutes and seconds with milliseconds, as WebVTT writes times; the hours have as many digits as they
    need (https://www.w3.org/TR/webvtt1/, 3.3)."""
    seconds, millis = divmod(units * 1_000 // SCALE, 1_000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{millis:03d}"


def utc_text(units: int) -> str:
    """Time since the epoch as ISO 8601 in UTC with milliseconds: `2026-11-22T01:02:03.840Z`.

    A zone with `Z` because strict parsers refuse FFmpeg's `+0000` (RFC 8216bis 4.4.4.6 asks for ISO 8601).
    """
    millis = units * 1_000 // SCALE
    moment = _EPOCH + timedelta(milliseconds=millis)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1_000:03d}Z"


def boundary_after(units: int, length: int) -> int:
    """The first multiple of `length` at or after `units`."""
    return -(-units // length) * length
