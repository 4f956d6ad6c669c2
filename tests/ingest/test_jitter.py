"""How many ticks wait."""

from ingest.jitter import FLOOD, HIGH, TARGET, WINDOW, Jitter


def _running() -> Jitter:
    return Jitter().before(TARGET)[0].after(taken=True)


def test_a_feed_is_not_live_before_three_ticks_wait() -> None:
    state = Jitter()
    for depth in range(TARGET):
        state, drop = state.before(depth)
        assert (state.filling, drop) == (True, 0)
    state, drop = state.before(TARGET)
    assert (state.filling, drop) == (False, 0)


def test_what_a_fresh_feed_brings_at_once_is_old_and_dropped() -> None:
    state, drop = Jitter().before(20)
    assert (state.filling, drop) == (False, 20 - TARGET)


def test_a_feed_that_ran_dry_must_fill_again() -> None:
    state = _running().after(taken=False)
    assert state.filling
    assert state.before(TARGET - 1)[0].filling
    assert not state.before(TARGET)[0].filling


def _drops(depth: int, ticks: int) -> list[int]:
    state, drops = _running(), []
    for _ in range(ticks):
        state, drop = state.before(depth)
        drops.append(drop)
        state = state.after(taken=True)
    return drops


def test_the_burst_after_running_dry_is_kept_for_the_next_break() -> None:
    state, drop = _running().after(taken=False).before(2 * FLOOD)
    assert (state.filling, drop) == (False, 0)


def test_a_flood_that_stays_is_trimmed_after_three_seconds() -> None:
    """F-09: a frozen network that delivers seconds at once; back at the live edge within 5 s."""
    assert _drops(50, WINDOW) == [0] * (WINDOW - 1) + [50 - TARGET]


def test_too_much_delay_for_three_seconds_costs_one_tick_at_a_time() -> None:
    drops = _drops(HIGH + 1, 2 * WINDOW)
    assert sum(drops) == 2
    assert drops[WINDOW - 1] == 1


def test_bursts_that_are_used_up_cost_nothing() -> None:
    """A slide every two seconds comes as fifty ticks at once."""
    state = _running()
    for at in range(10 * WINDOW):
        state, drop = state.before(50 - at % 50)
        assert drop == 0
        state = state.after(taken=True)
