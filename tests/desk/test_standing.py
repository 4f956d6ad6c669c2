"""What an operator has set is brought back by wishes."""

from dataclasses import replace
from typing import Any

import pytest

from desk.standing import standing_of, wishes_of, with_curtain, with_cut
from flow.curtain import Curtain
from flow.layout import Layout
from flow.standing import Standing
from ingest.switching.wish import Do, Wish
from tests.desk.samples import worker_status

BEFORE = Curtain(key="rehearsal:p1", down=True, title="Giao ban")
AFTER = Curtain(key="after:p1", down=True, title="Giao ban")


def test_where_the_rules_choose_nothing_stands() -> None:
    assert standing_of(worker_status()) is None
    assert wishes_of(None, 2) == ()


@pytest.mark.parametrize(("standing", "wishes"), [
    (Standing(cut=True), (Wish(do=Do.CUT),)),
    (Standing(held=1), (Wish(do=Do.HOLD, feed=1),)),
    (Standing(taken=1), (Wish(do=Do.TAKE, feed=1, patient=True),)),
    (Standing(layout=Layout.PIP, text="8 giờ"),
     (Wish(do=Do.LAYOUT, layout=Layout.PIP), Wish(do=Do.CAPTION, text="8 giờ"))),
    (Standing(curtain=BEFORE, taken=1),
     (Wish(do=Do.CURTAIN, curtain=BEFORE, down=False), Wish(do=Do.TAKE, feed=1, patient=True))),
    (Standing(cut=True, curtain=BEFORE, down=True),
     (Wish(do=Do.CUT), Wish(do=Do.CURTAIN, curtain=BEFORE, down=True))),
    (Standing(cut=True, held=0, taken=1),
     (Wish(do=Do.CUT), Wish(do=Do.HOLD, feed=0), Wish(do=Do.TAKE, feed=1, patient=True))),
])
def test_what_stands_comes_back_the_cut_first(standing: Standing, wishes: tuple[Wish, ...]) -> None:
    """F-01: a worker's death puts no picture back that an operator took off."""
    assert wishes_of(standing_of(replace(worker_status(), standing=standing)), 2) == wishes


def test_a_feed_that_the_channel_has_no_more_is_not_waited_for() -> None:
    assert wishes_of({"held": 2, "taken": 2}, 2) == ()


@pytest.mark.parametrize("words", [{}, [], "cut", {"cut": 1}, {"held": "1"}, 5])
def test_what_cannot_be_read_does_not_stand(words: Any) -> None:
    assert wishes_of(words, 2) == ()


def test_a_cut_ends_a_take_and_nothing_else() -> None:
    before = Standing(held=1, taken=1, text="8 giờ").to_json()
    assert with_cut(before) == Standing(cut=True, held=1, text="8 giờ").to_json()
    assert with_cut(None) == Standing(cut=True).to_json()


def test_what_the_schedule_says_meanwhile_holds_for_the_worker_that_comes() -> None:
    raised = Standing(taken=1, curtain=BEFORE).to_json()
    assert with_curtain(raised, BEFORE) == raised
    assert with_curtain(raised, AFTER) == Standing(curtain=AFTER, down=True).to_json()
    held = Standing(held=0, curtain=BEFORE).to_json()
    assert with_curtain(held, AFTER) == Standing(held=0, curtain=AFTER).to_json()
    assert with_curtain(None, BEFORE) == Standing(curtain=BEFORE, down=True).to_json()
    assert with_curtain(Standing(curtain=BEFORE, down=True).to_json(), Curtain()) is None
