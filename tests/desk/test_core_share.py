"""Which processor cores a caged child may use."""

import os
from random import Random

import pytest

from desk.core_share import core_share


@pytest.mark.parametrize(("cores", "count"), [(1, 1), (2, 2), (3, 2), (4, 2), (8, 4), (64, 32)])
def test_it_is_half_of_them_and_two_at_least(cores: int, count: int) -> None:
    """T-06."""
    share = core_share(range(cores))
    assert len(set(share)) == count
    assert set(share) <= set(range(cores))


def test_many_children_spread_over_all_cores() -> None:
    chance = Random(1)
    assert set().union(*(core_share(range(8), chance) for _ in range(20))) == set(range(8))


def test_they_are_of_those_that_we_may_use_ourselves() -> None:
    assert set(core_share()) <= os.sched_getaffinity(0)
