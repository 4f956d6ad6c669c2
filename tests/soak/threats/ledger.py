"""What was played already, line by line, so that a soak that was broken off goes on where it was."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.soak.threats.row import Outcome, Row

Line = Mapping[str, Any]


class Ledger:
    """One file, a JSON object in each line: a turn of a row."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[Line]:
        """All that were played."""
        found = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        return [json.loads(line) for line in found]

    def left(self, row: Row) -> list[int]:
        """The turns of a row that were not played yet."""
        done = {line["turn"] for line in self.lines() if line["name"] == row.name}
        return [number for number in range(row.turns) if number not in done]

    def add(self, row: Row, number: int, outcome: Outcome) -> Line:
        """Keep a turn; the line that says so."""
        faults = [*outcome.faults, *outcome.losses]
        line = {
            "threat": row.threat, "name": row.name, "turn": number, "counts": dict(outcome.counts),
            "faults": faults, "verdict": verdict(faults),
        }
        with self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return line


def verdict(faults: Iterable[str]) -> str:
    """In a word."""
    return "failed" if any(True for _ in faults) else "held"


def summary(row: Row, lines: Iterable[Line]) -> Line:
    """Of all turns of a row that were played, at whatever time: counts added up, or the largest of them."""
    own = [line for line in lines if line["name"] == row.name]
    counts: dict[str, float] = {}
    for line in own:
        for name, count in line["counts"].items():
            known = counts.get(name, 0)
            counts[name] = max(known, count) if name in row.most else known + count
    faults = [f"turn {line['turn']}: {fault}" for line in own for fault in line["faults"]]
    played = len({line["turn"] for line in own})
    return {
        "threat": row.threat, "name": row.name, "turns": f"{played} of {row.turns}",
        "counts": {name: round(count, 3) for name, count in counts.items()},
        "faults": faults, "verdict": verdict(faults),
    }
