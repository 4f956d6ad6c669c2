"""A channel's programme and what comes next, as `xacast status` shows them. Pure."""

from datetime import tzinfo
from typing import Any

from desk.local_time import local_time

_STATES = {
    "rehearsal": "in rehearsal, begins {start}", "on-air": "on air since {since}, until {end}",
    "over-run": "on air since {since}, runs over its end", "after": "over",
}


def timetable_rows(report: dict[str, Any], zone: tzinfo | None = None) -> list[tuple[str, str]]:
    """Rows for the terminal, on the clock of the `zone`, else of this machine; none of a channel without
    programmes."""
    timetable = report.get("timetable")
    if not timetable:
        return []
    one, following = timetable["programme"], timetable["following"]
    rows = [("programme", _on(one, timetable, zone))] if one else []
    if following:
        rows.append(("" if rows else "programme", f"next {_named(following)}, {_at(following['start'], zone)}"))
    if rows and report.get("by_hand"):
        rows.append(("", "they switch nothing: the picture is switched by hand (`xacast set --by-schedule`)"))
    return rows


def _on(one: dict[str, Any], timetable: dict[str, Any], zone: tzinfo | None) -> str:
    words = _STATES.get(timetable["state"], timetable["state"])
    end = _at(one["end"], zone) if one["end"] else "it is stopped"
    times = {"start": _at(one["start"], zone), "since": _at(timetable["since"], zone), "end": end}
    return f"{_named(one)}: {words.format(**times)}"


def _named(one: dict[str, Any]) -> str:
    return f"{one['id']} “{one['title']}”"


def _at(time: str | None, zone: tzinfo | None) -> str:
    return local_time(time, zone) if time else ""
