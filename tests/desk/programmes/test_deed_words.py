"""What an operator's deed may say."""

from typing import Any

import pytest

from desk.programmes.deed_words import EXTEND, START, checked
from flow.errors import OperatorError


def test_known_words_of_their_kind_pass() -> None:
    words = {"title": "Họp", "invite": ["all"]}
    assert checked(words, START) == words
    assert checked({"by_s": 600}, EXTEND) == {"by_s": 600}


@pytest.mark.parametrize(("words", "remedy"), [
    ({"titel": "Họp"}, "title"), ({"title": 7}, "title"), ({"invite": "all"}, "invite"),
    ({"invite": [7]}, "invite"),
])
def test_others_are_refused_with_the_nearest(words: dict[str, Any], remedy: str) -> None:
    with pytest.raises(OperatorError) as refused:
        checked(words, START)
    assert remedy in refused.value.remedy


def test_where_nothing_is_known_that_is_said() -> None:
    with pytest.raises(OperatorError, match="cannot be that here"):
        checked({"x": 1}, {})


def test_true_is_no_number() -> None:
    with pytest.raises(OperatorError):
        checked({"by_s": True}, EXTEND)
