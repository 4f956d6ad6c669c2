"""Times as people read them. What programs get stays in UTC."""

from datetime import datetime, tzinfo


def local_time(utc: str, zone: tzinfo | None = None) -> str:
    """The second of a time as `flow.timebase.utc_text` writes it, on the clock of the halls, which the setting
    `timezone` names, else on this machine's: `2026-11-22 08:02:03+07:00`."""
    return datetime.fromisoformat(utc).astimezone(zone).isoformat(sep=" ", timespec="seconds")
