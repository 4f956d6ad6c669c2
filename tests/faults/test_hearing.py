"""Beeps are found to the millisecond, and told apart."""

import numpy as np

from tests.faults.card import RATE, sound
from tests.faults.hearing import beeps, silences


def test_every_second_is_found_and_known() -> None:
    found = beeps(sound(11))
    assert [beep.second for beep in found] == [1, 2, 3, 4, 5, 6, 7, 0, 1, 2]
    assert all(abs(beep.sample - RATE * (place + 1)) <= RATE * 4 // 1_000 for place, beep in enumerate(found))


def test_a_beep_that_is_cut_off_is_none() -> None:
    assert beeps(sound(2)[RATE + RATE // 20:]) == []


def test_without_the_hum_it_is_silence() -> None:
    samples = np.concatenate([sound(0.5), np.zeros(RATE // 2, np.int16), sound(0.5)])
    ((at, length),) = silences(samples, 0.1)
    assert abs(at - RATE // 2) <= RATE // 25
    assert abs(length - RATE // 2) <= RATE // 20
