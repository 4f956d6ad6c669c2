"""When slides come and go, and the layout that comes of it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from flow.layout import Layout
from flow.rules import Rules
from ingest.switching.fitness import GONE, Fitness, Sight
from ingest.switching.slides import KEPT, Slides, layout_now, rules_of_slides
from ingest.switching.switching import Show

RULES = rules_of_slides(Rules())
HEALTH, PAUSE, LOBBY = RULES.health, RULES.pause, RULES.lobby
SLIDE = Sight(alive=True)
WAITING = Sight(alive=True, lobby=True)
ON, OFF = replace(Slides(), shown=True), Slides()


class Board:
    """Slides, and whether they had a place in each tick."""

    def __init__(self, *, ordered: bool = False) -> None:
        self.slides = Slides()
        self.ordered = ordered
        self.shown: list[bool] = []

    def run(self, ticks: int, sight: Sight) -> list[bool]:
        for _ in range(ticks):
            self.slides = self.slides.after(sight, RULES, ordered=self.ordered)
            self.shown.append(self.slides.shown)
        return self.shown[-ticks:]

    def changes(self) -> list[int]:
        return [at for at, (old, new) in enumerate(pairwise([False, *self.shown])) if new is not old]


def test_slides_come_once_they_have_been_fit_for_as_long_as_a_feed() -> None:
    board = Board()
    assert board.run(HEALTH + 1, SLIDE) == [False] * (HEALTH - 1) + [True] * 2


def test_slow_slides_stand_for_five_seconds_and_then_leave() -> None:
    board = Board()
    board.run(HEALTH + PAUSE, SLIDE)
    for _ in range(4):
        assert all(board.run(KEPT - 1, GONE))
        assert all(board.run(1, SLIDE))
    assert board.run(KEPT, GONE) == [True] * (KEPT - 1) + [False]
    assert board.slides.health.fitness is Fitness.LOST


def test_a_lobby_picture_counts_after_its_time_as_with_any_feed() -> None:
    board = Board()
    board.run(HEALTH + PAUSE, SLIDE)
    assert board.run(LOBBY + 1, WAITING) == [True] * LOBBY + [False]
    assert board.slides.health.fitness is Fitness.LOBBY


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("period", [130, 150, 200, 400])
def test_slides_that_come_and_go_change_the_picture_once_in_a_pause_at_most(period: int, *, ordered: bool) -> None:
    """A picture every six seconds changed the layout 41 times in two minutes."""
    board = Board(ordered=ordered)
    for _ in range(3_000 // period):
        board.run(1, SLIDE)
        board.run(period - 1, GONE)
    changes = board.changes()
    assert len(changes) <= 3_000 // PAUSE
    assert all(later - earlier >= PAUSE for earlier, later in pairwise(changes))


def test_what_comes_and_goes_too_fast_is_never_taken_by_itself() -> None:
    board = Board()
    for _ in range(20):
        board.run(HEALTH - 1, SLIDE)
        board.run(KEPT, WAITING)
    assert board.changes() == []


def test_an_operator_s_layout_shows_slides_at_once_but_no_lobby_picture() -> None:
    board = Board(ordered=True)
    assert board.run(LOBBY * 2, WAITING) == [False] * LOBBY * 2
    assert board.run(1, SLIDE) == [True]


def test_an_operator_s_word_goes_before_the_pause() -> None:
    board = Board()
    board.run(HEALTH, SLIDE)
    board.run(KEPT + 10, GONE)
    assert board.slides.shown
    for wish in (Layout.AUTO, Layout.SPEAKER):
        assert board.slides.told(wish) is board.slides
    board.slides = board.slides.told(Layout.PIP)
    assert board.run(1, GONE) == [False]


@pytest.mark.parametrize(("wish", "layout"), [
    (Layout.AUTO, Layout.SIDE), (Layout.SPEAKER, Layout.SPEAKER), (Layout.SIDE, Layout.SIDE),
    (Layout.PIP, Layout.PIP), (Layout.SLIDES, Layout.SLIDES),
])
def test_a_layout_needs_slides_and_stays_while_the_speaker_s_picture_is_held(wish: Layout, layout: Layout) -> None:
    for show in (Show.LIVE, Show.HELD):
        assert layout_now(wish, ON, show, cut=False) is layout
        assert layout_now(wish, OFF, show, cut=False) is Layout.SPEAKER


@pytest.mark.parametrize("wish", list(Layout))
def test_while_the_speaker_is_lost_the_slides_have_the_canvas_unless_he_was_ordered(wish: Layout) -> None:
    alone = Layout.SPEAKER if wish is Layout.SPEAKER else Layout.SLIDES
    assert layout_now(wish, ON, Show.SLATE, cut=False) is alone


@pytest.mark.parametrize("wish", list(Layout))
def test_after_a_cut_nothing_is_seen_of_the_slides(wish: Layout) -> None:
    assert layout_now(wish, ON, Show.SLATE, cut=True) is Layout.SPEAKER
