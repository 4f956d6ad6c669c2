"""Plays the threats of feeds at their full counts against the running product, and judges what that did.

    python -m tests.soak.threats [--seed 1] [--only NAME,…] [--turns N] [--seconds 60]

`--only` takes names of rows or of threats (`T-02`). Resumable: each turn of a row is a line in
`.soak/threats-<seed>.jsonl`, and a second start with the same seed goes on after the last one; `--turns` plays no
more than so many of each row now. At the end each row that was played says its counts and its verdict in one line
of JSON. Exit 1 when any turn of the rows that were asked for has failed.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.soak.threats.ledger import Ledger, summary
from tests.soak.threats.row import Outcome, Row, Wishes
from tests.soak.threats.rows import ROWS

FOLDER = Path(".soak")


def chosen(only: str, rows: Sequence[Row] = ROWS) -> list[Row]:
    """The rows that are named, all without a name; raises SystemExit for a name that none has."""
    wanted = [word for word in only.split(",") if word]
    known = {row.name for row in rows} | {row.threat for row in rows}
    if strange := sorted(set(wanted) - known):
        raise SystemExit(f"no row is called {', '.join(strange)}; there are {', '.join(sorted(known))}")
    return [row for row in rows if not wanted or {row.name, row.threat} & set(wanted)]


def play(row: Row, wishes: Wishes, ledger: Ledger, turns: int) -> None:
    """Play what is left of a row, each turn into the ledger."""
    left = ledger.left(row)[:turns]
    if not left:
        return
    with row.open(wishes) as turn:
        for number in left:
            try:
                outcome = turn(number)
            except (OSError, AssertionError, LookupError) as error:
                outcome = Outcome(faults=(f"it could not be played to its end: {error!r}",))
            tell(ledger.add(row, number, outcome))


def tell(line: Mapping[str, Any]) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main(words: Sequence[str] | None = None) -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--turns", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args(words)
    FOLDER.mkdir(exist_ok=True)
    ledger = Ledger(FOLDER / f"threats-{options.seed}.jsonl")
    rows = chosen(options.only)
    for row in rows:
        play(row, Wishes(seed=options.seed, seconds=options.seconds), ledger, options.turns)
    found = [summary(row, ledger.lines()) for row in rows]
    for line in found:
        tell(line)
    return 1 if any(line["faults"] for line in found) else 0


if __name__ == "__main__":
    sys.exit(main())
