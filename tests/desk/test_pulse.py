"""When a programme counts as dead."""

from desk.pulse import LONGEST, Pulse


def after(*counts: int) -> Pulse:
    pulse = Pulse()
    for ticks in counts:
        pulse = pulse.look(ticks)
    return pulse


def test_a_programme_that_goes_on_is_alive() -> None:
    assert not after(*range(0, 2_500, 25)).dead


def test_a_programme_without_new_ticks_is_dead_after_some_looks() -> None:
    assert not after(25, *[25] * (LONGEST - 1)).dead
    assert after(25, *[25] * LONGEST).dead


def test_a_programme_that_never_began_is_dead_too() -> None:
    assert after(*[0] * LONGEST).dead


def test_one_tick_is_a_sign_of_life() -> None:
    assert after(*[25] * LONGEST, 26).still == 0
