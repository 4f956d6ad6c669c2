"""What was played is not played again, and what was found is not lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.soak.threats.__main__ import chosen, play
from tests.soak.threats.ledger import Ledger, summary
from tests.soak.threats.row import Outcome, Row, Turn, Wishes


@contextmanager
def _three(_: Wishes) -> Iterator[Turn]:
    def turn(number: int) -> Outcome:
        if number == 1:
            raise ConnectionResetError
        return Outcome(counts={"tries": 10, "seconds": number})

    yield turn


ROW = Row(threat="T-99", name="three", turns=3, open=_three, most=frozenset({"seconds"}))


def test_a_soak_that_was_broken_off_goes_on_and_adds_up(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "threats-1.jsonl")
    assert ledger.left(ROW) == [0, 1, 2]
    play(ROW, Wishes(), ledger, 2)
    assert ledger.left(ROW) == [2]
    play(ROW, Wishes(), Ledger(ledger.path), 1_000)
    assert ledger.left(ROW) == []
    found = summary(ROW, ledger.lines())
    assert found["counts"] == {"tries": 20, "seconds": 2}
    assert found["verdict"] == "failed"
    assert found["faults"] == ["turn 1: it could not be played to its end: ConnectionResetError()"]


def test_rows_are_chosen_by_name_or_by_threat() -> None:
    assert [row.name for row in chosen("three", [ROW])] == ["three"]
    assert [row.name for row in chosen("T-99", [ROW])] == ["three"]
    assert {"timing", "guesses"} < {row.name for row in chosen("T-02")}
    with pytest.raises(SystemExit, match="no row is called T-98"):
        chosen("T-98", [ROW])
