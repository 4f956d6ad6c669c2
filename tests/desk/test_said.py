"""Who does something, and why."""

import pytest

from desk.said import LONGEST_WHO, LONGEST_WHY, Said, said_in
from flow.errors import OperatorError


def test_who_and_why_are_taken_from_a_request_and_may_be_left_out() -> None:
    assert said_in({"who": "lan", "why": "giao ban", "do": "cut"}) == Said(who="lan", why="giao ban")
    assert said_in({}) == Said()


@pytest.mark.parametrize("words", [
    {"who": "a\nb"}, {"who": "a" * (LONGEST_WHO + 1)}, {"why": "a" * (LONGEST_WHY + 1)}, {"who": 5},
    {"why": "a\u202eb"},
])
def test_what_does_not_fit_into_a_line_is_refused(words: dict[str, object]) -> None:
    """T-13, T-33: nobody turns the letters of a log around."""
    with pytest.raises(OperatorError, match="not one line"):
        said_in(words)
