"""A soak that was broken off goes on where it was."""

import json
from collections import Counter
from pathlib import Path

from tests.faults.catalogue import ALL
from tests.soak.feeds import counted, left


def test_what_the_ledger_has_is_not_played_again(tmp_path: Path) -> None:
    two = ALL[:2]
    ledger = tmp_path / "faults-1.jsonl"
    assert left(counted(ledger), two, 2) == [(two[0], 0), (two[1], 0), (two[0], 1), (two[1], 1)]
    ledger.write_text(json.dumps({"name": two[0].name, "turn": 0, "faults": []}) + "\n")
    assert counted(ledger) == Counter({two[0].name: 1})
    assert left(counted(ledger), two, 2) == [(two[1], 0), (two[0], 1), (two[1], 1)]
