from flow.ids import ChannelId
from flow.key_turns import UNIT, KeyTurns, due, period_units
from flow.timebase import GOP, SCALE

CHANNEL = ChannelId("demo")
PERIOD = 10 * UNIT


def test_a_period_is_whole_long_segments_and_no_longer_than_asked_for() -> None:
    """T-16: keys turn at the same place in every rendition, at least each five minutes."""
    assert period_units(300) == 78 * UNIT
    assert 0 <= 300 * SCALE - period_units(300) < UNIT
    assert period_units(1) == UNIT


def test_a_place_has_the_newest_key_that_begins_at_or_before_it() -> None:
    turns = KeyTurns(channel=CHANNEL, numbers=(10, 20, 30))
    places = (0, 10 * UNIT, 20 * UNIT - GOP, 20 * UNIT, 25 * UNIT, 99 * UNIT)
    assert [turns.at(place) for place in places] == [10, 10, 10, 20, 20, 30]


def test_a_key_is_done_when_the_next_serves_all_that_is_left() -> None:
    turns = KeyTurns(channel=CHANNEL, numbers=(10, 20, 30))
    assert turns.done_before(20 * UNIT - GOP) == ()
    assert turns.done_before(20 * UNIT) == (10,)
    assert turns.done_before(99 * UNIT) == (10, 20)
    assert turns.done_before(0) == ()


def test_the_first_key_begins_with_the_period_that_is_under_way() -> None:
    assert due((), period=PERIOD, floor=0, earliest=45 * UNIT, until=61 * UNIT) == (40, 50, 60)
    assert due((), period=PERIOD, floor=39 * UNIT, earliest=45 * UNIT, until=61 * UNIT) == (40, 50, 60)


def test_where_the_keys_are_lost_no_number_is_given_again() -> None:
    """T-16: players keep a key under its address; another key there would open nothing."""
    assert due((), period=PERIOD, floor=47 * UNIT, earliest=45 * UNIT, until=61 * UNIT) == (48, 50, 60)
    assert due((), period=PERIOD, floor=40 * UNIT, earliest=45 * UNIT, until=61 * UNIT) == (41, 50, 60)
    assert due((), period=PERIOD, floor=49 * UNIT, earliest=45 * UNIT, until=61 * UNIT) == (50, 60)
    assert due((), period=PERIOD, floor=99 * UNIT, earliest=45 * UNIT, until=61 * UNIT) == (100,)


def test_only_what_is_wanting_is_made() -> None:
    assert due((40, 50), period=PERIOD, floor=0, earliest=45 * UNIT, until=71 * UNIT) == (60, 70)
    assert due((40, 50, 60, 70), period=PERIOD, floor=0, earliest=45 * UNIT, until=71 * UNIT) == ()


def test_a_key_that_comes_too_late_leaves_its_turn_to_the_one_before() -> None:
    """F-26: what is listed keeps its key, so a key never begins where something is listed already."""
    assert due((20,), period=PERIOD, floor=45 * UNIT, earliest=44 * UNIT, until=61 * UNIT) == (50, 60)
    assert due((20,), period=PERIOD, floor=50 * UNIT, earliest=44 * UNIT, until=61 * UNIT) == (60,)


def test_after_a_long_pause_the_present_period_has_a_key_of_its_own() -> None:
    assert due((20,), period=PERIOD, floor=29 * UNIT, earliest=99 * UNIT, until=100 * UNIT) == (90,)


def test_numbers_do_not_depend_on_the_period() -> None:
    long = due((), period=78 * UNIT, floor=0, earliest=780 * UNIT, until=781 * UNIT)
    short = due((), period=7 * UNIT, floor=0, earliest=780 * UNIT, until=781 * UNIT)
    assert long == (780,)
    assert short == (777,)
