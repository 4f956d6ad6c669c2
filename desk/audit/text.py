"""Entries of the audit as people and spreadsheets read them. No I/O."""

import json
from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from desk.audit.chain import read_line
from desk.local_time import local_time
from desk.logs import one_line
from desk.register.sheet_writer import harmless
from flow.timebase import units_of_ns, utc_text

COLUMNS = ("number", "time", "who", "from", "channel", "what", "why", "asked", "status", "hash")


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


def line_of(entry: dict[str, Any], zone: tzinfo | None = None) -> str:
    """When, who, what, how it ended: one line, on the clock of the `zone`, else of this machine."""
    what = f"{entry['number']:>6}  {local_time(_time(entry), zone)}  {entry.get('what')}"
    if "of" in entry:
        changed = f": {entry['changed']}" if entry.get("changed") else ""
        changed += f", confirmed by {entry['confirmed']}" if entry.get("confirmed") else ""
        return one_line(f"{what}  ended {entry.get('status')}, see {entry['of']}{changed}")
    by = " (local)" if entry.get("signed") == "" else ""  # whoever held the machine's key; that name is a word
    who = f"{entry.get('who') or 'somebody'}{by} from {entry.get('from') or 'this machine'}"
    why = f" because “{entry['why']}”" if entry.get("why") else ""
    ended = f"  ended {entry['status']}" if "status" in entry else ""
    return one_line(f"{what}  {_plain(entry.get('on', {}))}  {who}{why}  {_plain(entry.get('asked', {}))}{ended}")


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
