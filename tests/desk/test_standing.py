from dataclasses import replace
from typing import Any

import pytest

from desk.standing import standing_of, wish_of
from flow.feed import FeedState
from ingest.switching import Do, Wish
from tests.desk.samples import feed_status, worker_status

TWO = (feed_status(FeedState.WAITING), feed_status())


@pytest.mark.parametrize("mode", ["auto", "pinned", "novel"])
def test_what_the_rules_chose_does_not_stand(mode: str) -> None:
    assert standing_of(replace(worker_status(), mode=mode)) is None
    assert standing_of(None) is None


def test_a_cut_stands_and_a_hold_with_its_feed() -> None:
    """F-01: a worker's death puts no picture back that an operator took off."""
    assert wish_of(standing_of(replace(worker_status(), mode="cut")), 1) == Wish(do=Do.CUT)
    held = standing_of(replace(worker_status(feeds=TWO), mode="hold"))
    assert wish_of(held, 2) == Wish(do=Do.HOLD, feed=1)
    assert wish_of(held, 1) == Wish(do=Do.HOLD, feed=0)


@pytest.mark.parametrize("standing", [None, {}, [], "cut", {"mode": "dance"}, {"mode": "hold"}, {"mode": 5}])
def test_what_cannot_be_read_does_not_stand(standing: Any) -> None:
    assert wish_of(standing, 2) is None
