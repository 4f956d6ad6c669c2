"""Entries of the audit as people and spreadsheets read them. No I/O."""

import json
from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from desk.audit.chain import read_line
from desk.audit.deeds import deed_of, outcome_of
from desk.audit.sign_ins import WHAT as SIGN_IN
from desk.local_time import local_time
from desk.logs import one_line
from desk.register.sheet_writer import harmless
from flow.timebase import units_of_ns, utc_text

COLUMNS = ("number", "time", "who", "from", "channel", "what", "why", "asked", "status", "hash")

NAMES = frozenset({"name", "programme", "site", "region", "account", "machine"})
"""Words that say by themselves what they name."""


def entries(lines: Iterable[str], *, since_ns: int = 0, channel: str = "") -> Iterable[tuple[dict[str, Any], str]]:
    """Entries with their hashes, since a moment, of one channel; what cannot be read is passed over."""
    for line in lines:
        words = read_line(line)
        if words is None:
            continue
        entry = words["entry"]
        at = entry.get("at")
        if isinstance(at, int) and at >= since_ns and channel in ("", entry.get("channel")):
            yield entry, str(words.get("hash"))


def line_of(entry: dict[str, Any], zone: tzinfo | None = None, ended: dict[str, Any] | None = None) -> str:
    """When, what, who, how it `ended` if that is known: one line, on the `zone`'s clock, else this machine's."""
    what = f"{entry['number']:>6}  {local_time(_time(entry), zone)}  {deed_of(str(entry.get('what')))}"
    if "of" in entry:
        return one_line(f"{what}, which is entry {entry['of']}: {_ended(entry)}")
    asked, why = _words({**entry.get("on", {}), **entry.get("asked", {})}), entry.get("why")
    end = _ended(ended or entry) if ended or "status" in entry else ""
    because = f" because “{why}”" if why else ""
    said = f"{asked}  " if asked else ""
    return one_line(f"{what}  {said}{_who(entry)}{because}{end and f': {end}'}")


def joined(found: Iterable[tuple[dict[str, Any], str]]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Entries, each with the one that says how it ended, in the order in which they began; an end whose beginning
    is not among them stands for itself."""
    kept = [entry for entry, _ in found]
    begun = {entry.get("number") for entry in kept if "of" not in entry}
    ends = {entry["of"]: entry for entry in kept if "of" in entry}
    return [
        (entry, ends.get(entry.get("number")) if "of" not in entry else None)
        for entry in kept if entry.get("of") not in begun
    ]


def _ended(entry: dict[str, Any]) -> str:
    changed = f", {entry['changed']}" if entry.get("changed") else ""
    changed += f", confirmed by {entry['confirmed']}" if entry.get("confirmed") else ""
    return f"{outcome_of(entry.get('status'))}{changed}"


def _who(entry: dict[str, Any]) -> str:
    """Whoever held the machine's key is local, and that name is a word; who failed to sign in is nobody yet."""
    by = " (local)" if entry.get("signed") == "" and entry.get("what") != SIGN_IN else ""
    return f"{entry.get('who') or 'somebody'}{by} from {entry.get('from') or 'this machine'}"


def _words(asked: dict[str, Any]) -> str:
    """What was asked, in the letters that were meant: `hop, delay 900, exclude ["19"]`; not what is empty."""
    return ", ".join(
        str(value) if key in NAMES else f"{key} {value if isinstance(value, str) else _plain(value)}"
        for key, value in asked.items() if value or value is False or value == 0
    )


def rows_of(found: Iterable[tuple[dict[str, Any], str]]) -> list[list[str]]:
    """For a spreadsheet, with a heading; no cell of it is a formula (T-35)."""
    rows = [list(COLUMNS)]
    for entry, digest in found:
        asked = _plain(entry.get("asked", entry.get("of", "")))
        told = {**entry, "time": _time(entry), "hash": digest, "asked": asked}
        rows.append([harmless(one_line(str(told.get(key, "")))) for key in COLUMNS])
    return rows


def _plain(value: object) -> str:
    """As people read it: in the letters that were meant."""
    return json.dumps(value, ensure_ascii=False)


def _time(entry: dict[str, Any]) -> str:
    return utc_text(units_of_ns(int(entry["at"])))
