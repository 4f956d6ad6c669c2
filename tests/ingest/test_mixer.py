from hypothesis import given
from hypothesis import strategies as st

from ingest.mixer import HOLD, RETURN, Mix, Show, mix


def _run(state: Mix, live: tuple[bool, ...], ticks: int) -> tuple[Mix, list[Show]]:
    shows = []
    for _ in range(ticks):
        state, show = mix(state, live)
        shows.append(show)
    return state, shows


def test_before_any_feed_has_come_there_is_the_slate() -> None:
    state, shows = _run(Mix(), (False,), 3)
    assert shows == [Show.SLATE] * 3
    assert state.feed is None


def test_a_live_feed_is_shown_at_once() -> None:
    assert mix(Mix(), (True,)) == (Mix(feed=0, healthy=(1,)), Show.LIVE)


def test_the_last_good_picture_holds_for_one_second_then_the_slate() -> None:
    """F-04, F-05."""
    state, _ = _run(Mix(), (True,), 5)
    state, shows = _run(state, (False,), HOLD + 10)
    assert shows == [Show.HELD] * HOLD + [Show.SLATE] * 10
    assert HOLD == 25
    assert mix(state, (True,))[1] is Show.LIVE


def test_a_short_loss_starts_the_second_anew() -> None:
    state, _ = _run(Mix(), (True,), 5)
    for _ in range(4):
        state, shows = _run(state, (False,), HOLD - 1)
        assert set(shows) == {Show.HELD}
        state, _ = _run(state, (True,), 1)


def test_the_second_feed_takes_over_after_the_held_second() -> None:
    """F-04: a backup is on air within 1.5 s."""
    state, _ = _run(Mix(), (True, True), 100)
    state, shows = _run(state, (False, True), HOLD + 1)
    assert shows == [Show.HELD] * HOLD + [Show.LIVE]
    assert state.feed == 1


def test_the_better_feed_returns_only_after_three_healthy_seconds() -> None:
    """F-04: no flapping between feeds."""
    state, _ = _run(Mix(), (False, True), 10)
    assert state.feed == 1
    state, _ = _run(state, (True, True), RETURN - 1)
    assert state.feed == 1
    state, _ = _run(state, (False, True), 1)
    state, _ = _run(state, (True, True), RETURN - 1)
    assert state.feed == 1
    state, shows = _run(state, (True, True), 1)
    assert (state.feed, shows) == (0, [Show.LIVE])
    assert RETURN == 75


def test_a_worse_feed_never_takes_the_air_from_a_live_one() -> None:
    state, _ = _run(Mix(), (True, True, True), 10 * RETURN)
    assert state.feed == 0


def test_of_three_feeds_the_best_that_lives_replaces_a_lost_one() -> None:
    state, _ = _run(Mix(), (True, False, True), 10)
    state, _ = _run(state, (False, False, True), HOLD + 1)
    assert state.feed == 2
    state, _ = _run(state, (False, True, True), RETURN)
    assert state.feed == 1


def test_without_feeds_there_is_the_slate() -> None:
    assert mix(Mix(), ()) == (Mix(), Show.SLATE)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=300))
def test_live_is_only_shown_when_the_chosen_feed_lives(history: list[tuple[bool, bool]]) -> None:
    state = Mix()
    for live in history:
        state, show = mix(state, live)
        if show is Show.LIVE:
            assert state.feed is not None
            assert live[state.feed]
        if not any(live):
            assert show is not Show.LIVE
        assert (show is Show.HELD) <= (0 < state.missing <= HOLD)
