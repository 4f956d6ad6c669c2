"""F-03: five crashes within a minute, and the input is left alone."""

from ingest.switching.quarantine import LASTS, MOST, WITHIN_NS, Patience, Quarantine

S = 1_000_000_000


def after(*crashes: float) -> Quarantine:
    state = Quarantine()
    for at in crashes:
        state = state.after(round(at * S), crashed=True, healthy=False)
    return state


def test_the_fifth_crash_within_a_minute_is_one_too_many() -> None:
    assert not after(0, 1, 3, 7).holds
    assert after(0, 1, 3, 7, 15).holds
    assert after(0, 14, 28, 42, 56).holds


def test_crashes_that_are_further_apart_are_borne() -> None:
    assert not any(after(*range(0, last, 16)).holds for last in range(0, 400, 16))


def test_a_sender_that_leaves_is_no_crash_however_often() -> None:
    """F-11: an organiser restarts the encoder five times."""
    state = Quarantine()
    for at in range(50):
        state = state.after(at * S, crashed=False, healthy=False)
    assert not state.holds


def test_good_health_forgives() -> None:
    assert len(after(0, 1, 2, 3).after(20 * S, crashed=True, healthy=True).crashes) == 1


def test_on_probation_one_more_crash_is_enough_and_health_ends_it() -> None:
    tried = after(0, 1, 3, 7, 15).over(75 * S)
    assert not tried.holds
    assert tried.after(76 * S, crashed=True, healthy=False).holds
    assert not tried.after(90 * S, crashed=True, healthy=True).holds
    assert not tried.after(75 * S + WITHIN_NS, crashed=True, healthy=False).holds
    assert len(tried.crashes) == MOST - 1


def test_pauses_grow_and_then_it_is_left_alone() -> None:
    """F-03."""
    state, now, pauses = Patience(), 0, []
    for _ in range(7):
        now += S // 2
        state, pause = state.after(now, S // 2, lived=True, listens=False, crashed=True)
        pauses.append((pause, state.alone))
        now += round(pause * S)
    assert [pause for pause, _ in pauses] == [0.5, 1, 2, 4, LASTS, LASTS, LASTS]
    assert [alone for _, alone in pauses] == [False] * 4 + [True] * 3


def test_resting_forgets_the_pauses_and_not_the_crashes() -> None:
    state = Patience()
    for at in range(4):
        state, _ = state.after(at * S, 0, lived=True, listens=False, crashed=True)
    state, pause = state.rested().after(5 * S, 0, lived=True, listens=False, crashed=True)
    assert (pause, state.alone) == (LASTS, True)
