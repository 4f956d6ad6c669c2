"""Programmes as the terminal shows them."""

from collections.abc import Container, Sequence
from datetime import datetime, tzinfo
from typing import Any

from desk.programmes.times import shown_time
from desk.table import table

AIRING = frozenset({"rehearsal", "on-air", "over-run"})
"""States in which sites see a picture."""


def sentence(one: dict[str, Any], zone: tzinfo) -> str:
    """One programme in a line: `p12 “Giao ban”, hop, 2026-11-24 08:00+07:00 to 09:30, 120 sites`."""
    invited = f", {one['sites']} site{'' if one['sites'] == 1 else 's'}" if "sites" in one else ""
    return f"{one['id']} “{one['title']}”, {one['channel']}, {_from_to(one, zone)}{invited}"


def done_text(done: dict[str, Any], deed: str, zone: tzinfo) -> str:
    """What was done to a programme, or to the first of several."""
    one = done["programmes"][0] if "programmes" in done else done
    nobody = one.get("sites") == 0 and one["state"] != "cancelled"
    more = "\nno site of the register is in its audience yet" if nobody else ""
    return f"{deed}: {sentence(one, zone)}{more}"


def listed(programmes: Sequence[dict[str, Any]], zone: tzinfo, off: Container[str] = ()) -> str:
    """A line for each; `off` are channels that do not run, of which no programme is on air whatever the schedule
    says."""
    if not programmes:
        return "no programmes; `xacast programme add` makes one"
    rows = [("ID", "CHANNEL", "WHEN", "STATE", "TITLE", "FOR")]
    rows += [
        (one["id"], one["channel"], _from_to(one, zone), _state(one, off), one["title"], _audience(one))
        for one in programmes
    ]
    return table(rows)


def told(one: dict[str, Any], zone: tzinfo, documents: Sequence[dict[str, Any]] = ()) -> str:
    """All that is known of one, with the `documents` that are handed out."""
    times = {
        key: _time(one[key], zone) if one[key] else "" for key in ("start", "end", "began", "ended")
    }
    words = {
        **one, **times, "rehearsal": f"{one['rehearsal_s'] // 60} min", "documents": ", ".join(one["documents"]),
        "audience": ", ".join(one["audience"]), "but": ", ".join(one["but"]),
        "handed out": ", ".join(f"{paper['title']} ({paper['kind']})" for paper in documents),
        "recording": "asked for; nothing is recorded yet" if one["recording"] else "no",
        "runs_over": "past its end, until it is stopped" if one["runs_over"] else "",
    }
    for key in ("rehearsal_s", "invite", "exclude"):
        del words[key]
    return table([(key, str(value)) for key, value in words.items() if value not in {"", None}])


def _state(one: dict[str, Any], off: Container[str]) -> str:
    away = " (channel off)" if one["state"] in AIRING and one["channel"] in off else ""
    return f"{one['state']}{away}"


def _from_to(one: dict[str, Any], zone: tzinfo) -> str:
    """When it was, as far as that is known, else when it is planned."""
    start = _time(min(one["began"] or one["start"], one["start"]), zone)
    if one["end"] is None and not one["ended"]:
        return f"{start} until stopped"
    end = _time(one["ended"] or one["end"], zone)
    same_day = end.partition(" ")[0] == start.partition(" ")[0]
    over = " and on until stopped" if one["runs_over"] and not one["ended"] else ""
    return f"{start} to {end[11:].removesuffix(end[-6:]) if same_day else end}{over}"


def _audience(one: dict[str, Any]) -> str:
    shut = f" but {', '.join(one['but'])}" if one["but"] else ""
    words = ", ".join(one["audience"]) + shut
    return words if len(words) <= 60 else f"{words[:59]}…"


def _time(utc: str, zone: tzinfo) -> str:
    return shown_time(int(datetime.fromisoformat(utc).timestamp()), zone)
