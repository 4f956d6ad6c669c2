"""A turn that went wrong on a machine that was late itself is played again; any other is not."""

from collections.abc import Mapping

import pytest

from tests.soak.hostile.pieces import Piece
from tests.soak.hostile.trial import TRIES, Outcome, Trial

WELL = Outcome(faults=(), seen=frozenset(), starved=True)
WRONG = Outcome(faults=("a segment is GAP",), seen=frozenset())
STARVED = Outcome(faults=("a segment is GAP",), seen=frozenset(), starved=True)


class Told(Trial):
    """Its turns come out as they are told."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.left = list(outcomes)

    def turn(self, pieces: Mapping[str, Piece], *, anew: bool = True) -> Outcome:
        return self.left.pop(0)

    def settle(self) -> None:
        """There is nothing to wait for."""


@pytest.mark.parametrize(("outcomes", "last"), [
    ((WELL, WRONG), WELL), ((WRONG, WELL), WRONG), ((STARVED, WELL), WELL), ((STARVED, WRONG), WRONG),
    ((STARVED,) * TRIES, STARVED),
])
def test_only_what_a_late_machine_may_have_done_is_tried_again(
    outcomes: tuple[Outcome, ...], last: Outcome,
) -> None:
    assert Told(*outcomes).proven({}) is last
