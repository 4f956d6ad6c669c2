"""Differences that are there are found, and no others."""

import random

from tests.soak.threats.welch import LIMIT, cropped, worst


def test_a_sixth_of_the_spread_is_found_in_four_thousand_timings_and_nothing_in_none() -> None:
    """T-02: the judge itself."""
    chance = random.Random(5)
    same, other = ([chance.gauss(1_000, 50) for _ in range(4_000)] for _ in range(2))
    later = [time + 8 for time in other]
    assert worst({"one": same, "two": other})[0] < LIMIT
    found, between = worst({"one": same, "two": other, "three": later})
    assert found > LIMIT
    assert "three" in between


def test_the_longest_timings_are_left_out_of_all_kinds_by_one_bound() -> None:
    kinds = cropped({"one": [1.0, 2.0, 900.0], "two": [1.0, 3.0, 2.0, 4.0]}, kept=0.86)
    assert kinds == {"one": [1.0, 2.0], "two": [1.0, 3.0, 2.0, 4.0]}
