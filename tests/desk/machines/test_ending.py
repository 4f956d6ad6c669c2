"""Whose certificate ends, and when."""

import pytest

from desk.machines.ending import DAYS, endings

DAY = 86_400
NOW = 1_790_000_000


@pytest.mark.parametrize(("left", "said"), [
    (0, "has ended"), (-DAY, "has ended"), (3_600, "in 1 hours"), (2 * DAY, "in 2 days"),
    (DAYS * DAY - 1, "in 9 days"),
])
def test_who_has_few_days_left_is_told_with_what_to_do(left: int, said: str) -> None:
    (sentence,) = endings([("edge-1", NOW + left)], NOW)
    assert said in sentence
    assert "`xacast machine renew edge-1`" in sentence


def test_nothing_is_told_of_others() -> None:
    assert endings([("edge-1", NOW + DAYS * DAY), ("studio-2", 0)], NOW) == []
