"""Processor time of a process and all that it started, from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> tuple[int, float] | None:
    """Parent and seconds of user and system time, or None when the process has gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICKS


def family(root: int) -> set[int]:
    """`root` and all of its descendants that are alive."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (found := _stat(int(entry.name))):
            parents[int(entry.name)] = found[0]
    members = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in members} - members
        if not more:
            return members
        members |= more


def seconds(root: int) -> dict[int, float]:
    """Processor seconds of each member of the family."""
    return {pid: found[1] for pid in family(root) if (found := _stat(pid))}


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    """Seconds spent between two readings, by processes seen in either."""
    return sum(value - before.get(pid, 0.0) for pid, value in after.items())
