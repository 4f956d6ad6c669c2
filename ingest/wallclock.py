"""The hour as Vietnam's clocks show it (UTC+7, no summer time), in text, and what is left until then."""

ZONE_MS = 7 * 3_600_000
_DAY_MS = 86_400_000


def countdown_text(seconds: int) -> str:
    """What is left, as `1:02:03` or `02:03`, and `00:00` once nothing is."""
    minutes, seconds = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def clock_text(millis: int) -> str:
    """`HH:MM:SS.mmm` for a time in ms since the epoch."""
    rest, thousandths = divmod((millis + ZONE_MS) % _DAY_MS, 1_000)
    rest, seconds = divmod(rest, 60)
    hours, minutes = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{thousandths:03d}"
