from typing import Any

import pytest

from desk.order_words import operators_order, order_from
from desk.said import LONGEST_WHO, LONGEST_WHY, Said
from flow.curtain import Curtain
from flow.errors import OperatorError
from ingest.switching.wish import Do, Wish


def test_words_become_a_wish() -> None:
    words = {"do": "take", "feed": 1, "who": "lan", "why": "diễn giả mới"}
    assert order_from(words) == (Wish(do=Do.TAKE, feed=1), Said(who="lan", why="diễn giả mới"))
    assert order_from({"do": "cut"}) == (Wish(do=Do.CUT), Said())


@pytest.mark.parametrize(("words", "sentence"), [
    (None, "not an object"), ([], "not an object"), ({}, "not an object"), ({"do": 5}, "not an object"),
    ({"do": "tack", "feed": 1}, "Did you mean “take”"),
    ({"do": "take"}, "needs a feed"),
    ({"do": "hold", "feed": 0}, "a hold has no feed"),
    ({"do": "take", "feed": -1}, "not a number"),
    ({"do": "take", "feed": True}, "not a number"),
    ({"do": "take", "feed": "1"}, "not a number"),
    ({"do": "cut", "who": "a\nb"}, "“who”"),
    ({"do": "cut", "who": "a" * (LONGEST_WHO + 1)}, "“who”"),
    ({"do": "cut", "why": "a" * (LONGEST_WHY + 1)}, "“why”"),
    ({"do": "cut", "why": 5}, "“why”"),
    ({"do": "cut", "curtain": {}}, "goes with the schedule's"),
    ({"do": "curtain"}, "goes with the schedule's"),
    ({"do": "curtain", "curtain": {"title": "a\nb"}}, "lines of at most"),
    ({"do": "cut", "feeds": 1}, "Did you mean “feed”"),
])
def test_nonsense_is_refused_with_the_way_out(words: Any, sentence: str) -> None:
    """T-13, T-28, T-33: unknown means refused; what people say is one short line."""
    with pytest.raises(OperatorError) as caught:
        order_from(words)
    assert sentence in str(caught.value)


def test_the_schedules_order_is_the_schedules_alone() -> None:
    """T-28."""
    curtain = Curtain(key="after:p1", down=True, title="Giao ban")
    words = {"do": "curtain", "curtain": curtain.to_json()}
    assert order_from(words) == (Wish(do=Do.CURTAIN, curtain=curtain), Said())
    with pytest.raises(OperatorError, match="the schedule's"):
        operators_order(words)
    assert operators_order({"do": "cut", "who": "lan"}) == Said(who="lan")
