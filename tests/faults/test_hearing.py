"""Beeps are found to the millisecond, and told apart."""

import numpy as np
import pytest

from tests.faults.card import RATE, sound
from tests.faults.hearing import beeps, silences


def test_every_second_is_found_and_known() -> None:
    found = beeps(sound(11))
    assert [beep.second for beep in found] == [1, 2, 3, 4, 5, 6, 7, 0, 1, 2]
    assert all(abs(beep.sample - RATE * (place + 1)) <= RATE * 4 // 1_000 for place, beep in enumerate(found))


@pytest.mark.parametrize("millis", [20, 50, 60, 86])
def test_a_beep_whose_beginning_was_left_out_is_none(millis: int) -> None:
    card = sound(2)
    jumped = np.concatenate([card[:RATE - RATE // 10], card[RATE + RATE * millis // 1_000:]])
    assert beeps(jumped) == []


def test_without_the_hum_it_is_silence() -> None:
    samples = np.concatenate([sound(0.5), np.zeros(RATE // 2, np.int16), sound(0.5)])
    ((at, length),) = silences(samples, 0.1)
    assert abs(at - RATE // 2) <= RATE // 25
    assert abs(length - RATE // 2) <= RATE // 20
