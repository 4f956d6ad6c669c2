"""The hour as Vietnam's clocks show it (UTC+7, no summer time), in text."""

ZONE_MS = 7 * 3_600_000
_DAY_MS = 86_400_000


def clock_text(millis: int) -> str:
    """`HH:MM:SS.mmm` for a time in ms since the epoch."""
    rest, thousandths = divmod((millis + ZONE_MS) % _DAY_MS, 1_000)
    rest, seconds = divmod(rest, 60)
    hours, minutes = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{thousandths:03d}"
