"""Programmes as the terminal shows them."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from desk.programmes.times import shown_time
from desk.table import table


def sentence(one: dict[str, Any], zone: tzinfo) -> str:
    """One programme in a line: `p12 “Giao ban”, hop, 2026-11-24 08:00+07:00 to 09:30, 120 sites`."""
    invited = f", {one['sites']} site{'' if one['sites'] == 1 else 's'}" if "sites" in one else ""
    return f"{one['id']} “{one['title']}”, {one['channel']}, {_from_to(one, zone)}{invited}"


def listed(programmes: Sequence[dict[str, Any]], zone: tzinfo) -> str:
    """A line for each."""
    if not programmes:
        return "no programmes; `xacast programme add` makes one"
    rows = [("ID", "CHANNEL", "WHEN", "STATE", "TITLE", "FOR")]
    rows += [
        (one["id"], one["channel"], _from_to(one, zone), one["state"], one["title"], _audience(one))
        for one in programmes
    ]
    return table(rows)


def told(one: dict[str, Any], zone: tzinfo) -> str:
    """All that is known of one."""
    times = {
        key: _time(one[key], zone) if one[key] else "" for key in ("start", "end", "began", "ended")
    }
    words = {
        **one, **times, "rehearsal": f"{one['rehearsal_s'] // 60} min", "documents": ", ".join(one["documents"]),
        "audience": ", ".join(one["audience"]), "but": ", ".join(one["but"]),
        "recording": "asked for; nothing is recorded yet" if one["recording"] else "no",
        "runs_over": "past its end, until it is stopped" if one["runs_over"] else "",
    }
    for key in ("rehearsal_s", "invite", "exclude"):
        del words[key]
    return table([(key, str(value)) for key, value in words.items() if value not in {"", None}])


def _from_to(one: dict[str, Any], zone: tzinfo) -> str:
    start = _time(one["start"], zone)
    if one["end"] is None:
        return f"{start} until stopped"
    end = _time(one["end"], zone)
    same_day = end.partition(" ")[0] == start.partition(" ")[0]
    over = " and on until stopped" if one["runs_over"] else ""
    return f"{start} to {end[11:].removesuffix(end[-6:]) if same_day else end}{over}"


def _audience(one: dict[str, Any]) -> str:
    shut = f" but {', '.join(one['but'])}" if one["but"] else ""
    words = ", ".join(one["audience"]) + shut
    return words if len(words) <= 60 else f"{words[:59]}…"


def _time(utc: str, zone: tzinfo) -> str:
    return shown_time(int(datetime.fromisoformat(utc).timestamp()), zone)
