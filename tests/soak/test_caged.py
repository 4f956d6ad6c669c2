"""Twenty thousand decodes take a night or two: what was done is not done again."""

import json
from pathlib import Path

from tests.soak.caged import STEP, left


def test_what_the_ledger_has_is_not_decoded_again(tmp_path: Path) -> None:
    """T-06."""
    ledger = tmp_path / "caged-1.jsonl"
    assert list(left(ledger, 250)) == [range(STEP), range(STEP, 200), range(200, 250)]
    ledger.write_text("".join(json.dumps({"done": done, "shown": 1, "faults": []}) + "\n" for done in (100, 50)))
    assert list(left(ledger, 200)) == [range(150, 200)]
    assert list(left(ledger, 150)) == []
