"""What a busy machine explains is played again, and nothing else."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from tests.soak.threats import house
from tests.soak.threats.house import House, Watched, proven
from tests.soak.threats.row import Outcome

LOST, WRONG = Outcome(losses=("a gap",)), Outcome(faults=("two publishers",), losses=("a gap",))


@dataclass
class Machine:
    """Stands for a house and for its channel; `longest` is by how much it was late."""

    slept: float
    late: int = 0
    played: list[Outcome] = field(default_factory=list)

    @property
    def pulse(self) -> "Machine":
        return self

    def longest(self, _begin: float, _end: float) -> float:
        return self.slept

    def judged(self) -> list[str]:
        return []

    def outcome_of(self, *outcomes: Outcome) -> Outcome:
        left = iter(outcomes)
        one = cast("Any", self)
        return proven(cast("House", one), [cast("Watched", one)], lambda: next(left))


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "SETTLING", 0.0)


def test_losses_while_the_machine_was_late_are_played_again() -> None:
    found = Machine(slept=0.5).outcome_of(LOST, LOST, Outcome(counts={"ticks": 5}))
    assert (found.losses, found.counts) == ((), {"ticks": 5, "played again": 2})
    assert Machine(slept=0.5).outcome_of(LOST, LOST, LOST).losses == ("a gap",)


def test_losses_of_a_machine_that_was_in_time_and_what_is_wrong_stand_at_once() -> None:
    assert Machine(slept=0.0).outcome_of(LOST).losses == ("a gap",)
    assert Machine(slept=0.5).outcome_of(WRONG).faults == ("two publishers",)
