from ingest.jitter import BURST, HIGH, PATIENCE, TARGET, Jitter


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


def test_the_burst_after_running_dry_is_kept_for_the_next_break() -> None:
    state, drop = _running().after(taken=False).before(BURST)
    assert (state.filling, drop) == (False, 0)


def test_a_flood_after_a_break_returns_to_the_live_edge_at_once() -> None:
    """F-09: a frozen network that delivers seconds at once."""
    assert _running().before(BURST + 1)[1] == BURST + 1 - TARGET
    assert _running().after(taken=False).before(50)[1] == 50 - TARGET


def test_too_much_delay_for_three_seconds_costs_one_tick_at_a_time() -> None:
    state = _running()
    drops = []
    for _ in range(2 * PATIENCE + 2):
        state, drop = state.before(HIGH + 1)
        drops.append(drop)
        state = state.after(taken=True)
    assert sum(drops) == 2
    assert drops[PATIENCE] == 1


def test_bursts_that_are_used_up_cost_nothing() -> None:
    state = _running()
    for at in range(10 * PATIENCE):
        state, drop = state.before(HIGH + 5 if at % PATIENCE else TARGET)
        assert drop == 0
        state = state.after(taken=True)
