from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow.curtain import Curtain
from flow.event import EventKind
from flow.rules import Rules
from flow.standing import NOTHING, Standing
from ingest.switching.fitness import GONE, RESTING, Fitness, Health, Sight
from ingest.switching.happening import Happening
from ingest.switching.standing_in import standing_in
from ingest.switching.switching import PATIENCE, START, Mode, Show, Switching, kept_off, step
from ingest.switching.wish import Do, Wish

RULES = Rules()
KEEP = Rules(stays=True)
FINE = Sight(alive=True)
BLACK = Sight(alive=True, black=True)
LOBBY = Sight(alive=True, lobby=True)
STARTING = Sight(alive=False, starting=True)
OVER = Sight(alive=False, over=True)
STILL = Sight(alive=True, frozen=True, silent=True)


class Air:
    """A channel's feeds, and what was shown of them in each tick."""

    def __init__(self, *first: Sight, rules: Rules = RULES) -> None:
        self.rules = rules
        self.state = Switching()
        self.sights = first
        self.shown: list[tuple[Show, int | None]] = []
        self.happened: list[tuple[int, Happening]] = []

    def run(self, ticks: int, *sights: Sight) -> list[tuple[Show, int | None]]:
        self.sights = sights or self.sights
        for _ in range(ticks):
            self.wish(None)
        return self.shown[-ticks:]

    def wish(self, do: Do | None, feed: int = 0, *, patient: bool = False) -> tuple[Show, int | None]:
        wish = None if do is None else Wish(do=do, feed=feed, patient=patient)
        self.state, happened = step(self.state, self.sights, self.rules, wish)
        self.happened += [(len(self.shown), one) for one in happened]
        self.shown.append((self.state.show, self.state.feed))
        return self.shown[-1]

    def schedule(self, key: str, *, down: bool | None = None) -> tuple[Show, int | None]:
        """The schedule's word; before and after a programme its curtain is down."""
        order = Curtain(key=key, down=key.startswith(("rehearsal", "after")), title=key)
        self.state, happened = step(
            self.state, self.sights, self.rules, Wish(do=Do.CURTAIN, curtain=order, down=down),
        )
        self.happened += [(len(self.shown), one) for one in happened]
        self.shown.append((self.state.show, self.state.feed))
        return self.shown[-1]

    def kinds(self) -> list[EventKind]:
        return [one.kind for _, one in self.happened]

    def told_at(self, kind: EventKind) -> list[int]:
        return [tick for tick, one in self.happened if one.kind is kind]


def test_before_any_feed_has_come_there_is_the_slate() -> None:
    air = Air(GONE)
    assert air.run(3) == [(Show.SLATE, None)] * 3
    assert air.happened == []
    assert Air().run(2) == [(Show.SLATE, None)] * 2


def test_at_the_start_the_slate_waits_for_a_better_feed_that_is_starting() -> None:
    """What viewers see first is the right picture."""
    air = Air(STARTING, FINE)
    assert air.run(90) == [(Show.SLATE, None)] * 90
    assert air.run(10, FINE, FINE) == [(Show.LIVE, 0)] * 10
    assert EventKind.SWITCH not in air.kinds()


@pytest.mark.parametrize("failed", [GONE, RESTING])
def test_a_better_feed_that_failed_to_start_or_rests_is_not_waited_for(failed: Sight) -> None:
    air = Air(STARTING, FINE)
    air.run(20)
    assert air.run(1, failed, FINE) == [(Show.LIVE, 1)]


def test_a_better_feed_that_takes_its_time_is_waited_for_no_longer_than_five_seconds() -> None:
    air = Air(STARTING, FINE)
    assert air.run(START - 1) == [(Show.SLATE, None)] * (START - 1)
    assert air.run(1) == [(Show.LIVE, 1)]


def test_a_worse_feed_that_is_starting_keeps_nobody_waiting() -> None:
    assert Air(FINE, STARTING).run(1) == [(Show.LIVE, 0)]


def test_an_operator_does_not_wait_for_a_feed_that_is_starting() -> None:
    assert Air(STARTING, FINE).wish(Do.TAKE, 1) == (Show.LIVE, 1)


def test_later_a_feed_that_is_started_anew_is_not_waited_for() -> None:
    air = Air(GONE, GONE)
    air.run(START)
    assert air.run(1, STARTING, FINE) == [(Show.LIVE, 1)]


def test_a_live_feed_is_shown_at_once() -> None:
    air = Air(FINE)
    assert air.run(1) == [(Show.LIVE, 0)]
    assert air.kinds() == [EventKind.FEED_BACK, EventKind.SLATE_OFF]


def test_the_last_good_picture_holds_for_one_second_then_the_slate() -> None:
    """F-04, F-05."""
    air = Air(FINE)
    air.run(5)
    assert air.run(RULES.held + 10, GONE) == [(Show.HELD, 0)] * RULES.held + [(Show.SLATE, 0)] * 10
    assert air.kinds()[-2:] == [EventKind.FEED_LOST, EventKind.SLATE_ON]
    assert air.run(1, FINE) == [(Show.LIVE, 0)]
    assert air.kinds()[-2:] == [EventKind.FEED_BACK, EventKind.SLATE_OFF]


def test_a_film_that_is_over_gives_way_at_once_and_is_no_loss() -> None:
    """F-04."""
    air = Air(FINE, FINE)
    air.run(50)
    assert air.run(1, OVER, FINE) == [(Show.LIVE, 1)]
    assert air.kinds()[-2:] == [EventKind.PLAYED, EventKind.SWITCH]
    air.run(1_000)
    assert EventKind.FEED_LOST not in air.kinds()


def test_the_end_of_a_film_waits_for_no_pause() -> None:
    """F-04: a feed is lost, and the film that stands in for it ends six seconds later."""
    air = Air(FINE, FINE, FINE)
    air.run(100)
    assert air.run(RULES.loss + 1, GONE, FINE, FINE)[-1] == (Show.LIVE, 1)
    air.run(150)
    assert air.run(1, GONE, OVER, FINE) == [(Show.LIVE, 2)]
    assert set(air.run(RULES.pause)) == {(Show.LIVE, 2)}


def test_the_end_of_a_film_begins_no_pause() -> None:
    """F-04: after the opening film a live feed is lost within seconds, and the backup is there in 1.5 s."""
    air = Air(FINE, FINE, FINE)
    air.run(100)
    air.run(125, OVER, FINE, FINE)
    assert air.run(RULES.loss + 1, OVER, GONE, FINE) == [(Show.HELD, 1)] * RULES.loss + [(Show.LIVE, 2)]


def test_one_film_follows_the_other_without_the_slate() -> None:
    """F-04."""
    air = Air(FINE, FINE, FINE)
    air.run(100)
    assert air.run(125, OVER, FINE, FINE)[0] == (Show.LIVE, 1)
    assert air.run(125, OVER, OVER, FINE)[0] == (Show.LIVE, 2)
    assert {show for show, _ in air.shown} == {Show.LIVE}


def test_the_end_of_a_film_keeps_the_pause_that_an_earlier_loss_began() -> None:
    """F-04: what can flap still waits, whatever is played in between."""
    air = Air(FINE, FINE, FINE, FINE)
    air.run(100)
    air.run(RULES.loss + 1, GONE, FINE, FINE, FINE)
    air.run(50, GONE, OVER, FINE, FINE)
    shown = air.run(RULES.pause, GONE, OVER, GONE, FINE)
    assert (shown[RULES.pause - 52], shown[RULES.pause - 51]) == ((Show.SLATE, 2), (Show.LIVE, 3))


def test_a_film_that_is_over_gives_way_to_a_better_feed_whatever_the_pause() -> None:
    """F-04."""
    air = Air(GONE, FINE)
    air.run(10)
    air.run(RULES.health, FINE, FINE)
    assert air.state.up == RULES.pause
    air.run(RULES.loss + 1, GONE, FINE)
    assert air.run(1, FINE, OVER) == [(Show.LIVE, 0)]
    assert air.state.down == RULES.pause - 1


def test_what_the_pause_keeps_off_the_air_is_known_with_its_time() -> None:
    """F-04."""
    air = Air(FINE, FINE, GONE)
    air.run(10)
    air.run(RULES.loss + 1, GONE, FINE, GONE)
    assert kept_off(air.state) is None
    air.run(RULES.loss + 1, GONE, GONE, GONE)
    assert (air.state.show, kept_off(air.state)) == (Show.SLATE, None)
    air.run(1, GONE, GONE, FINE)
    kept = kept_off(air.state)
    assert kept is not None
    feed, ticks = kept
    assert (feed, ticks) == (2, RULES.pause - RULES.loss - 2)
    shown = air.run(ticks)
    assert shown[-2:] == [(Show.SLATE, 1), (Show.LIVE, 2)]


@pytest.mark.parametrize("do", [Do.HOLD, Do.CUT])
def test_where_an_operator_chooses_no_pause_keeps_a_feed_off_the_air(do: Do) -> None:
    air = Air(FINE, FINE, FINE)
    air.run(10)
    air.run(RULES.loss + 1, GONE, FINE, FINE)
    air.wish(do)
    assert air.run(RULES.held + 1, GONE, GONE, FINE)[-1][0] is Show.SLATE
    assert air.state.down
    assert kept_off(air.state) is None


def test_the_last_picture_of_a_film_with_nothing_behind_it_is_held_for_a_second() -> None:
    """F-05."""
    air = Air(FINE)
    air.run(50)
    assert air.run(RULES.held + 1, OVER) == [(Show.HELD, 0)] * RULES.held + [(Show.SLATE, 0)]
    assert air.kinds()[-2:] == [EventKind.PLAYED, EventKind.SLATE_ON]


def test_a_short_loss_starts_the_second_anew_and_is_no_event() -> None:
    air = Air(FINE)
    air.run(5)
    before = air.happened[:]
    for _ in range(4):
        assert {show for show, _ in air.run(RULES.held - 1, GONE)} == {Show.HELD}
        air.run(1, FINE)
    assert air.happened == before


def test_a_longer_hold_is_kept_while_nothing_else_is_fit() -> None:
    air = Air(FINE, GONE, rules=Rules(held=100))
    air.run(5)
    assert air.run(100, GONE, GONE) == [(Show.HELD, 0)] * 100
    assert air.run(1) == [(Show.SLATE, 0)]


def test_a_picture_is_not_held_again_once_the_slate_is_on() -> None:
    air = Air(FINE, rules=Rules(held=10))
    air.run(5)
    assert air.run(20, GONE)[-1] == (Show.SLATE, 0)
    assert {show for show, _ in air.run(200)} == {Show.SLATE}


def test_the_second_feed_takes_over_after_the_held_second() -> None:
    """F-04: a backup is on air within 1.5 s."""
    air = Air(FINE, FINE)
    air.run(100)
    assert air.run(RULES.loss + 1, GONE, FINE) == [(Show.HELD, 0)] * RULES.loss + [(Show.LIVE, 1)]
    assert air.kinds()[-2:] == [EventKind.FEED_LOST, EventKind.SWITCH]
    assert air.happened[-1][1] == Happening(kind=EventKind.SWITCH, feed=1, origin=0)


def test_the_better_feed_returns_only_after_three_healthy_seconds() -> None:
    """F-04: no flapping between feeds."""
    air = Air(GONE, FINE)
    air.run(10)
    air.run(RULES.health - 1, FINE, FINE)
    air.run(1, GONE, FINE)
    assert air.run(RULES.health - 1, FINE, FINE)[-1] == (Show.LIVE, 1)
    assert air.run(1) == [(Show.LIVE, 0)]


def test_a_feed_that_comes_and_goes_costs_no_slate() -> None:
    """F-04, F-11: a source that restarts five times is left once, and taken back when it has calmed down."""
    air = Air(FINE, FINE)
    air.run(100)
    shown = []
    for _ in range(5):
        shown += air.run(60, GONE, FINE)
        shown += air.run(100, FINE, FINE)
    assert Show.SLATE not in {show for show, _ in shown}
    switches = [one for _, one in air.happened if one.kind is EventKind.SWITCH]
    assert switches[0] == Happening(kind=EventKind.SWITCH, feed=1, origin=0)
    assert air.run(RULES.pause)[-1] == (Show.LIVE, 0)


def test_a_worse_feed_never_takes_the_air_from_a_fit_one() -> None:
    air = Air(FINE, FINE, FINE)
    assert set(air.run(10 * RULES.health)) == {(Show.LIVE, 0)}


def test_of_three_feeds_the_best_that_lives_replaces_a_lost_one() -> None:
    air = Air(FINE, GONE, FINE)
    air.run(10)
    assert air.run(RULES.loss + 1, GONE, GONE, FINE)[-1] == (Show.LIVE, 2)
    assert air.run(RULES.pause, GONE, FINE, FINE)[-1] == (Show.LIVE, 1)


def test_when_the_backup_goes_too_soon_the_slate_stands_in_until_the_pause_is_over() -> None:
    air = Air(FINE, FINE, FINE)
    air.run(10)
    air.run(RULES.loss + 1, GONE, FINE, FINE)
    shown = air.run(RULES.pause, GONE, GONE, FINE)
    assert shown[RULES.held] == (Show.SLATE, 1)
    assert shown[-2:] == [(Show.SLATE, 1), (Show.LIVE, 2)]


def test_a_lost_feed_is_back_on_air_with_its_first_picture_whatever_the_pause() -> None:
    """F-05."""
    air = Air(FINE, FINE)
    air.run(10)
    air.run(RULES.loss + 1, GONE, FINE)
    assert air.run(50, GONE, GONE)[-1] == (Show.SLATE, 1)
    assert air.run(1, FINE, GONE) == [(Show.LIVE, 0)]


@pytest.mark.parametrize(("sight", "ticks", "kind"), [
    (BLACK, RULES.black, EventKind.BLACK), (STILL, RULES.frozen, EventKind.FROZEN),
])
def test_a_black_or_frozen_feed_gives_way_to_a_fit_one(sight: Sight, ticks: int, kind: EventKind) -> None:
    """F-18: told and left."""
    air = Air(FINE, FINE)
    air.run(100)
    assert air.run(ticks, sight, FINE)[-1] == (Show.LIVE, 0)
    assert air.run(1) == [(Show.LIVE, 1)]
    assert kind in air.kinds()
    assert air.run(RULES.pause, FINE, FINE)[-1] == (Show.LIVE, 0)


UNFIT = pytest.mark.parametrize(("sight", "ticks"), [(BLACK, RULES.black), (STILL, RULES.frozen)])


@UNFIT
def test_a_black_or_frozen_feed_gives_way_to_the_slate_when_no_other_is_fit(sight: Sight, ticks: int) -> None:
    """F-18: and is back with its first fit tick, whoever else is unfit too."""
    air = Air(FINE, sight)
    air.run(300)
    assert air.run(ticks, sight, sight) == [(Show.LIVE, 0)] * ticks
    assert set(air.run(1_000)) == {(Show.SLATE, 0)}
    assert air.kinds().count(EventKind.SLATE_ON) == 1
    assert air.run(1, FINE, sight) == [(Show.LIVE, 0)]
    assert EventKind.CLEAR in air.kinds()
    assert air.kinds()[-1] is EventKind.SLATE_OFF


@UNFIT
def test_where_the_rules_let_it_stay_it_stays_alone_and_gives_way_to_a_fit_one(sight: Sight, ticks: int) -> None:
    """F-18."""
    air = Air(FINE, GONE, rules=KEEP)
    air.run(100)
    assert set(air.run(1_000, sight, sight)) == {(Show.LIVE, 0)}
    assert air.run(KEEP.health, sight, FINE)[-1] == (Show.LIVE, 1)
    assert ticks < 1_000


def test_where_the_rules_let_it_stay_a_still_backup_is_better_than_the_slate() -> None:
    for rules, shown in ((KEEP, Show.LIVE), (RULES, Show.SLATE)):
        air = Air(FINE, STILL, rules=rules)
        air.run(300)
        assert air.run(RULES.loss + 1, GONE, STILL)[-1][0] is shown


def test_another_feed_takes_the_slates_place_as_soon_as_it_is_fit() -> None:
    """F-04, F-18."""
    air = Air(FINE, GONE)
    air.run(100)
    air.run(RULES.black + 5, BLACK, GONE)
    assert air.run(1, BLACK, FINE) == [(Show.LIVE, 1)]
    air = Air(GONE, STILL)
    assert air.run(RULES.frozen + 2)[-1] == (Show.SLATE, 1)
    assert air.run(1, FINE, STILL) == [(Show.LIVE, 0)]


def test_one_word_in_a_long_silence_brings_the_slide_back_and_no_slate_for_ten_seconds() -> None:
    """F-18: slides stand still, and somebody says a word every eleven seconds."""
    air = Air(FINE)
    air.run(100)
    for _ in range(6):
        assert air.run(RULES.frozen + 25, STILL)[-1] == (Show.SLATE, 0)
        assert set(air.run(5, Sight(alive=True, frozen=True))) == {(Show.LIVE, 0)}
    turns = air.told_at(EventKind.SLATE_ON)
    assert len(turns) == 6
    assert all(late - early >= RULES.pause for early, late in pairwise(turns))


def test_a_picture_that_flickers_out_of_black_does_not_flap() -> None:
    """F-18: back at once, and then the slate waits for its pause."""
    air = Air(FINE)
    air.run(10)
    air.run(RULES.black + 1, BLACK)
    for _ in range(100):
        assert set(air.run(3, FINE)) == {(Show.LIVE, 0)}
        air.run(RULES.black + 3, BLACK)
    turns = air.told_at(EventKind.SLATE_ON)
    assert len(turns) > 10
    assert all(late - early > RULES.pause for early, late in pairwise(turns))


def test_a_feed_that_is_back_after_a_loss_has_no_grace() -> None:
    air = Air(FINE)
    air.run(10)
    air.run(RULES.loss + 5, GONE)
    assert air.run(RULES.black + 1, BLACK)[-2:] == [(Show.LIVE, 0), (Show.SLATE, 0)]


def test_grace_is_the_feeds_own() -> None:
    air = Air(FINE, GONE)
    air.run(10)
    air.run(RULES.black + 1, BLACK, GONE)
    air.run(1, FINE, GONE)
    assert air.state.grace == RULES.pause
    air.wish(Do.TAKE, 1, patient=True)
    air.run(1, FINE, FINE)
    assert (air.state.feed, air.state.grace) == (1, 0)


@pytest.mark.parametrize("sight", [BLACK, STILL, LOBBY])
def test_a_taken_feed_stays_whatever_it_shows_until_another_is_fit(sight: Sight) -> None:
    """F-18: it was good enough for the operator."""
    air = Air(FINE, GONE)
    air.run(100)
    air.wish(Do.TAKE, 0)
    assert set(air.run(1_000, sight, GONE)) == {(Show.LIVE, 0)}
    assert air.state.mode is Mode.PINNED
    assert air.run(1, sight, FINE) == [(Show.LIVE, 1)]
    assert air.state.mode is Mode.AUTO


@UNFIT
def test_a_word_of_the_operator_shows_it_instead_of_the_slate(sight: Sight, ticks: int) -> None:
    air = Air(FINE)
    air.run(10)
    assert air.run(ticks + 1, sight)[-1] == (Show.SLATE, 0)
    assert air.wish(Do.TAKE, 0) == (Show.LIVE, 0)
    assert set(air.run(500)) == {(Show.LIVE, 0)}
    assert air.wish(Do.RELEASE) == (Show.SLATE, 0)
    assert air.wish(Do.HOLD) == (Show.LIVE, 0)


def test_slides_that_stand_still_with_somebody_speaking_stay() -> None:
    """F-18: no false alarm in half an hour."""
    air = Air(FINE, FINE)
    air.run(10)
    before = len(air.happened)
    assert set(air.run(5_000, Sight(alive=True, frozen=True), FINE)) == {(Show.LIVE, 0)}
    assert len(air.happened) == before


def test_silence_alone_is_told_and_changes_nothing() -> None:
    """F-18."""
    air = Air(FINE, FINE)
    air.run(10)
    assert set(air.run(1_000, Sight(alive=True, silent=True), FINE)) == {(Show.LIVE, 0)}
    air.run(5, FINE, FINE)
    assert air.kinds()[-2:] == [EventKind.SILENT, EventKind.SOUND_BACK]


def test_a_lobby_picture_goes_to_the_slate_and_comes_back_with_the_speaker() -> None:
    """F-18."""
    air = Air(FINE)
    air.run(10)
    assert air.run(RULES.lobby + 1, LOBBY)[-1] == (Show.SLATE, 0)
    assert air.kinds()[-2:] == [EventKind.LOBBY, EventKind.SLATE_ON]
    assert air.run(1, FINE) == [(Show.LIVE, 0)]


def test_a_lobby_picture_gives_way_to_a_black_backup_where_that_may_stay() -> None:
    air = Air(FINE, BLACK, rules=KEEP)
    air.run(100)
    assert air.run(RULES.lobby + 1, LOBBY, BLACK)[-1] == (Show.LIVE, 1)


def test_a_take_is_on_air_in_the_same_tick_and_stays() -> None:
    air = Air(FINE, FINE, FINE)
    air.run(100)
    assert air.wish(Do.TAKE, 2) == (Show.LIVE, 2)
    assert air.state.mode is Mode.PINNED
    assert set(air.run(1_000)) == {(Show.LIVE, 2)}
    assert EventKind.SWITCH not in air.kinds()


def test_a_taken_feed_that_is_lost_gives_way_and_the_rules_go_on_from_there() -> None:
    """F-04."""
    air = Air(FINE, FINE)
    air.run(100)
    air.wish(Do.TAKE, 1)
    assert air.run(RULES.loss + 1, FINE, GONE)[-1] == (Show.LIVE, 0)
    assert air.state.mode is Mode.AUTO


@pytest.mark.parametrize("sight", [BLACK, LOBBY])
def test_a_feed_taken_as_bad_as_it_is_stays_until_it_is_lost(sight: Sight) -> None:
    air = Air(FINE, sight)
    air.run(300)
    assert air.wish(Do.TAKE, 1) == (Show.LIVE, 1)
    assert set(air.run(500)) == {(Show.LIVE, 1)}
    assert air.run(RULES.loss + 1, FINE, GONE)[-1] == (Show.LIVE, 0)


def test_a_feed_taken_while_fit_is_left_when_it_is_not() -> None:
    air = Air(FINE, FINE)
    air.run(100)
    air.wish(Do.TAKE, 1)
    assert air.run(RULES.black + 1, FINE, BLACK)[-1] == (Show.LIVE, 0)


def test_release_gives_the_best_feed_the_air() -> None:
    air = Air(FINE, FINE)
    air.run(100)
    air.wish(Do.TAKE, 1)
    air.run(10)
    assert air.wish(Do.RELEASE) == (Show.LIVE, 0)


def test_hold_shows_the_held_picture_then_the_slate_and_no_other_feed() -> None:
    air = Air(FINE, FINE)
    air.run(100)
    air.wish(Do.HOLD)
    assert air.state.mode is Mode.HOLD
    shown = air.run(500, GONE, FINE)
    assert shown == [(Show.HELD, 0)] * RULES.held + [(Show.SLATE, 0)] * (500 - RULES.held)
    assert air.run(1, FINE, FINE) == [(Show.LIVE, 0)]


def test_a_hold_before_anything_was_on_air_waits_for_its_feed() -> None:
    air = Air(GONE, GONE)
    assert air.wish(Do.HOLD, 1) == (Show.SLATE, 1)
    assert set(air.run(200, FINE, GONE)) == {(Show.SLATE, 1)}
    assert air.run(1, FINE, FINE) == [(Show.LIVE, 1)]


def test_a_held_feed_is_shown_whatever_it_looks_like() -> None:
    air = Air(FINE, FINE)
    air.run(100)
    air.wish(Do.HOLD)
    assert set(air.run(500, LOBBY, FINE)) == {(Show.LIVE, 0)}


def test_a_take_under_hold_changes_the_held_feed() -> None:
    air = Air(FINE, FINE)
    air.run(100)
    air.wish(Do.HOLD)
    assert air.wish(Do.TAKE, 1) == (Show.LIVE, 1)
    assert air.state.mode is Mode.HOLD
    assert air.run(100, FINE, GONE)[-1] == (Show.SLATE, 1)


def test_a_cut_shows_the_slate_until_a_take_or_a_release() -> None:
    air = Air(FINE, FINE)
    air.run(100)
    assert air.wish(Do.CUT) == (Show.SLATE, None)
    assert (air.state.mode, air.kinds()[-1]) == (Mode.CUT, EventKind.SLATE_ON)
    assert set(air.run(1_000)) == {(Show.SLATE, None)}
    assert air.wish(Do.HOLD)[0] is Show.SLATE
    assert air.wish(Do.TAKE, 1) == (Show.LIVE, 1)
    air.wish(Do.CUT)
    assert air.wish(Do.RELEASE) == (Show.LIVE, 0)


def test_a_take_of_a_lost_feed_is_left_to_the_rules() -> None:
    air = Air(FINE, GONE)
    air.run(100)
    assert air.wish(Do.TAKE, 1) == (Show.LIVE, 0)
    assert air.state.mode is Mode.AUTO


def test_a_feed_that_there_is_not_is_an_error() -> None:
    with pytest.raises(IndexError):
        step(Switching(), (FINE,), RULES, Wish(do=Do.TAKE, feed=1))


SIGHTS = st.sampled_from([FINE, FINE, GONE, OVER, BLACK, LOBBY, STILL, Sight(alive=True, silent=True)])
STRETCH = st.tuples(st.integers(1, 130), st.lists(SIGHTS, min_size=3, max_size=3))
WISHES = st.one_of(st.none(), st.builds(Wish, do=st.sampled_from(Do), feed=st.integers(0, 2)))
QUICK = Rules(loss=5, held=5, black=10, frozen=20, silent=20, lobby=5, health=15, pause=50)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(STRETCH, WISHES), max_size=25))
def test_whatever_happens_each_tick_is_decided_by_the_rules(
    history: list[tuple[tuple[int, list[Sight]], Wish | None]],
) -> None:
    """F-05, F-18: no tick without a decision, live is live, a cut is the slate, a hold changes no feed."""
    state = Switching(health=(Health(),) * 3)
    for (ticks, sights), wish in history:
        for at in range(ticks):
            before = state
            state, happened = step(state, tuple(sights), QUICK, None if at else wish)
            assert isinstance(state.show, Show)
            if state.show is Show.LIVE:
                assert state.feed is not None
                assert sights[state.feed].alive
            if state.show is Show.HELD:
                assert before.show is not Show.SLATE
            if state.cut:
                assert state.show is Show.SLATE
            if before.hold and state.hold and not (at == 0 and wish):
                assert state.feed == before.feed
            if before.floor is not None and state.floor is None and not (at == 0 and wish):
                assert before.feed is not None
                assert state.health[before.feed].fitness < before.floor
            if state.show is Show.LIVE and not (state.hold or state.floor is not None or state.grace):
                assert state.health[state.feed or 0].fitness is Fitness.FIT
            if not any(sight.alive for sight in sights):
                assert state.show is not Show.LIVE
            if state.mode is Mode.AUTO and state.feed is not None and sights[state.feed] == OVER:
                assert not any(one.well for one in state.health)
            assert len(happened) <= 8


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(STRETCH, WISHES), max_size=40))
def test_there_is_never_a_second_automatic_switch_of_one_direction_within_the_pause(
    history: list[tuple[tuple[int, list[Sight]], Wish | None]],
) -> None:
    """F-04: no flapping, whatever feeds and operators do; the end of a film alone waits for nothing."""
    air = Air(rules=QUICK)
    over: dict[int, tuple[bool, ...]] = {}
    for (ticks, sights), wish in history:
        air.sights = tuple(sights)
        over[len(air.shown)] = tuple(sight == OVER for sight in sights)
        air.wish(wish.do if wish else None, wish.feed if wish else 0)
        air.run(ticks)
    begun = sorted(over)
    for better in (True, False):
        at = [
            tick for tick, one in air.happened
            if one.kind is EventKind.SWITCH and ((one.feed or 0) < (one.origin or 0)) is better
            and not over[begun[bisect_right(begun, tick) - 1]][one.origin or 0]
        ]
        assert all(late - early >= QUICK.pause for early, late in pairwise(at))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from([FINE, BLACK, STILL])), max_size=40))
def test_one_feed_that_goes_on_gives_way_to_the_slate_once_in_a_pause(history: list[tuple[int, Sight]]) -> None:
    """F-18: and it is on air in each tick in which it is fit."""
    air = Air(rules=QUICK)
    for ticks, sight in history:
        for _ in range(ticks):
            air.run(1, sight)
            assert air.state.show is Show.LIVE or air.state.health[0].fitness is not Fitness.FIT
    assert all(late - early >= QUICK.pause for early, late in pairwise(air.told_at(EventKind.SLATE_ON)))


@settings(max_examples=60, deadline=None)
@given(st.lists(STRETCH, max_size=15))
def test_when_all_calms_down_the_best_feed_is_on_air(history: list[tuple[int, list[Sight]]]) -> None:
    air = Air(rules=QUICK)
    for ticks, sights in history:
        air.run(ticks, *sights)
    assert air.run(3 * QUICK.pause, FINE, FINE, FINE)[-1] == (Show.LIVE, 0)


def test_a_state_is_a_value() -> None:
    state = Switching(health=(Health(),))
    assert replace(state) == state
    assert state.health[0].fitness is Fitness.LOST


def test_a_feed_that_rests_is_no_loss_and_comes_as_any_other() -> None:
    air = Air(FINE, RESTING)
    air.run(100)
    assert air.kinds() == [EventKind.FEED_BACK, EventKind.SLATE_OFF]
    air.run(RULES.loss + 1, GONE, RESTING)
    assert air.run(1)[-1] == (Show.SLATE, 0)
    assert air.run(1, GONE, FINE) == [(Show.LIVE, 1)]
    assert air.kinds()[-3:] == [EventKind.FEED_BACK, EventKind.SWITCH, EventKind.SLATE_OFF]
    before = len(air.happened)
    air.run(RULES.health + RULES.pause, FINE, FINE)
    air.run(10, FINE, RESTING)
    assert air.kinds()[before:] == [EventKind.FEED_BACK, EventKind.SWITCH]


def test_one_that_was_started_and_does_not_come_is_told() -> None:
    air = Air(GONE, RESTING)
    air.run(10)
    air.run(1, GONE, GONE)
    assert air.happened[-1][1] == Happening(kind=EventKind.FEED_LOST, feed=1)


@pytest.mark.parametrize("absent", [GONE, RESTING])
def test_a_patient_take_waits_for_its_feed_and_the_rules_go_on_meanwhile(absent: Sight) -> None:
    air = Air(FINE, absent)
    air.run(10)
    assert air.wish(Do.TAKE, 1, patient=True) == (Show.LIVE, 0)
    air.run(100)
    assert (air.state.mode, air.state.awaited) == (Mode.AUTO, 1)
    assert air.run(1, FINE, FINE) == [(Show.LIVE, 1)]
    assert (air.state.mode, air.state.awaited) == (Mode.PINNED, None)
    assert air.happened[-1][1] == Happening(kind=EventKind.TAKE, feed=1)
    assert set(air.run(500)) == {(Show.LIVE, 1)}


def test_a_patient_take_of_a_feed_that_is_there_is_a_take() -> None:
    air = Air(FINE, FINE)
    air.run(10)
    assert air.wish(Do.TAKE, 1, patient=True) == (Show.LIVE, 1)
    assert EventKind.TAKE not in air.kinds()  # the order itself is told


def test_patience_ends_and_is_told() -> None:
    air = Air(FINE, GONE)
    air.wish(Do.TAKE, 1, patient=True)
    air.run(PATIENCE - 1)
    assert air.state.awaited == 1
    air.run(2)
    assert air.state.awaited is None
    assert air.happened[-1][1] == Happening(kind=EventKind.TAKE_DROPPED, feed=1)
    assert air.run(500, FINE, FINE)[-1] == (Show.LIVE, 0)


@pytest.mark.parametrize("do", [Do.TAKE, Do.HOLD, Do.CUT, Do.RELEASE])
def test_another_word_ends_the_wait(do: Do) -> None:
    air = Air(FINE, GONE)
    air.wish(Do.TAKE, 1, patient=True)
    air.wish(do)
    assert air.state.awaited is None


@pytest.mark.parametrize("do", [Do.LAYOUT, Do.CAPTION])
def test_how_the_picture_looks_ends_no_wait(do: Do) -> None:
    air = Air(FINE, GONE)
    air.wish(Do.TAKE, 1, patient=True)
    air.wish(do)
    assert air.state.awaited == 1


def test_a_cut_stays_until_the_awaited_feed_is_there() -> None:
    air = Air(FINE, GONE)
    air.wish(Do.CUT)
    assert air.wish(Do.TAKE, 1, patient=True)[0] is Show.SLATE
    assert set(air.run(10)) == {(Show.SLATE, None)}
    assert air.run(1, FINE, FINE) == [(Show.LIVE, 1)]


def test_what_an_operator_has_set_stands_until_it_is_taken_back() -> None:
    air = Air(FINE, FINE)
    air.run(5)
    assert standing_in(air.state) == NOTHING
    air.wish(Do.TAKE, 1)
    assert standing_in(air.state) == Standing(taken=1)
    air.wish(Do.HOLD)
    assert standing_in(air.state) == Standing(held=1, taken=1)
    air.wish(Do.CUT)
    assert standing_in(air.state).cut
    assert standing_in(air.state).taken is None
    air.wish(Do.RELEASE)
    assert standing_in(air.state) == NOTHING


def test_a_hold_names_its_feed_also_while_the_slate_stands_in_for_it() -> None:
    air = Air(FINE, FINE)
    air.run(5)
    air.wish(Do.TAKE, 1)
    air.wish(Do.HOLD)
    assert air.run(200, FINE, GONE)[-1] == (Show.SLATE, 1)
    assert standing_in(air.state).held == 1


def test_what_is_waited_for_stands_as_taken_and_a_lost_take_does_not() -> None:
    air = Air(FINE, GONE, FINE)
    air.wish(Do.TAKE, 1, patient=True)
    assert standing_in(air.state).taken == 1
    air.run(PATIENCE + 2)
    assert standing_in(air.state) == NOTHING
    air.wish(Do.TAKE, 2)
    air.run(RULES.loss + 2, FINE, GONE, GONE)
    assert standing_in(air.state) == NOTHING


def test_the_schedule_shows_the_slate_and_the_best_feed_is_there_when_it_is_time() -> None:
    air = Air(FINE, FINE)
    air.run(300)
    assert air.schedule("rehearsal:p1") == (Show.SLATE, 0)
    assert air.state.mode is Mode.SCHEDULE
    assert {show for show, _ in air.run(300, GONE, FINE)} == {Show.SLATE}
    assert air.schedule("on-air:p1") == (Show.LIVE, 1)
    assert air.state.mode is Mode.AUTO
    assert air.schedule("after:p1") == (Show.SLATE, 1)
    assert air.state.hung == air.state.order


def test_an_operators_take_shows_the_feed_until_the_schedules_next_word() -> None:
    air = Air(FINE, FINE)
    air.run(300)
    air.schedule("rehearsal:p1")
    assert air.wish(Do.TAKE, 1) == (Show.LIVE, 1)
    assert air.schedule("rehearsal:p1") == (Show.LIVE, 1)
    assert air.schedule("on-air:p1") == (Show.LIVE, 1)
    assert air.state.mode is Mode.PINNED
    assert air.schedule("after:p1")[0] is Show.SLATE
    assert standing_in(air.state).taken is None
    assert air.wish(Do.TAKE, 0) == (Show.LIVE, 0)
    assert air.wish(Do.RELEASE)[0] is Show.SLATE


def test_a_held_channel_follows_the_schedule_when_it_is_released() -> None:
    air = Air(FINE)
    air.run(300)
    air.schedule("on-air:p1")
    air.wish(Do.HOLD)
    assert air.schedule("after:p1") == (Show.LIVE, 0)
    assert air.wish(Do.RELEASE) == (Show.SLATE, 0)
    air.wish(Do.HOLD)
    assert air.schedule("on-air:p2") == (Show.SLATE, 0)
    assert air.wish(Do.RELEASE) == (Show.LIVE, 0)


def test_a_cut_goes_before_the_schedule_down_or_up() -> None:
    air = Air(FINE)
    air.run(300)
    air.schedule("rehearsal:p1")
    air.wish(Do.CUT)
    assert (air.state.mode, air.state.hung) == (Mode.CUT, None)
    assert air.schedule("on-air:p1")[0] is Show.SLATE
    assert air.run(50) == [(Show.SLATE, None)] * 50
    assert air.wish(Do.RELEASE) == (Show.LIVE, 0)
    air.wish(Do.CUT)
    air.schedule("after:p1")
    assert air.wish(Do.RELEASE)[0] is Show.SLATE
    assert air.state.mode is Mode.SCHEDULE


def test_where_the_schedule_falls_silent_the_rules_have_the_picture() -> None:
    air = Air(FINE)
    air.run(300)
    air.schedule("rehearsal:p1")
    assert air.schedule("") == (Show.LIVE, 0)
    assert standing_in(air.state) == NOTHING


def test_a_programme_that_begins_without_a_picture_alarms() -> None:
    air = Air(FINE)
    air.run(300)
    air.schedule("rehearsal:p1")
    air.run(1_000, GONE)
    air.happened.clear()
    assert air.schedule("on-air:p1")[0] is Show.SLATE
    assert air.kinds() == [EventKind.SLATE_ON]
    air.run(200, FINE)
    assert EventKind.SLATE_OFF in air.kinds()


def test_what_stood_of_the_curtain_stands_again() -> None:
    """F-01."""
    air = Air(FINE)
    air.schedule("rehearsal:p1", down=False)
    assert air.run(300)[-1] == (Show.LIVE, 0)
    assert air.schedule("rehearsal:p1") == (Show.LIVE, 0)
    standing = standing_in(air.state)
    assert (standing.curtain, standing.down) == (air.state.order, False)
