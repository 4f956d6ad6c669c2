"""The two workers of a channel, as reports and status show them."""

from collections.abc import Sequence
from typing import Any

from desk.lineup import Entry

_SECOND = 1_000_000_000


def pair_of(entry: Entry, now: int) -> list[dict[str, Any]]:
    """Each of a channel's two workers, from what it last said; nothing where one makes it alone.

    `now` is monotonic, in nanoseconds. "listed" says whose media viewers get, as long as it comes in time.
    """
    count = entry.declared.channel.workers
    return [_one(entry, index, now) for index in range(count)] if count > 1 else []


def _one(entry: Entry, index: int, now: int) -> dict[str, Any]:
    seat = entry.seats.get(index)
    return {
        "worker": index + 1,
        "connected": entry.taken(index),
        "listed": index == entry.publisher.preferred,
        "pid": seat.status.pid if seat else None,
        "run": seat.status.run if seat else None,
        "encoder": seat.status.encoder if seat else None,
        "encoder_fallen": seat.status.encoder_fallen if seat else "",
        "encoder_restarts": seat.status.encoder_restarts if seat else None,
        "age_seconds": round((now - seat.heard) / _SECOND, 1) if seat else None,
        "clock_offset_seconds": round(seat.offset / _SECOND, 3) if seat else None,
    }


def alarms_of(pair: Sequence[dict[str, Any]]) -> list[str]:
    """Sentences; empty when both are there. What troubles the one that is listed is told with all else of it."""
    away = [f"worker {one['worker']} of two is not there" for one in pair if not one["connected"]]
    return away + [
        f"worker {one['worker']} of two, encoder: x264 in place of {one['encoder_fallen']}"
        for one in pair if one["connected"] and not one["listed"] and one["encoder_fallen"]
    ]


def rows_of(pair: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Lines for the terminal."""
    return [(f"worker {one['worker']}", _words(one)) for one in pair]


def _words(one: dict[str, Any]) -> str:
    if one["pid"] is None:
        return "has not come yet"
    there = "connected" if one["connected"] else f"gone for {one['age_seconds']} s"
    use = "listed" if one["listed"] else "spare"
    encoder = f"{one['encoder']}, " if one["encoder"] else ""
    run = f"{encoder}run {one['run']}"
    return f"process {one['pid']}, {there}, {use}, {run}, clock {one['clock_offset_seconds']:+.3f} s"
