"""Times as people at this machine read them. What programs get stays in UTC."""

from datetime import datetime


def local_time(utc: str) -> str:
    """The second of a time as `flow.timebase.utc_text` writes it, here: `2026-11-22 08:02:03+07:00`."""
    return datetime.fromisoformat(utc).astimezone().isoformat(sep=" ", timespec="seconds")
