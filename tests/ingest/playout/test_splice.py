"""Sound joined without clicks."""

import numpy as np

from flow.tick import SILENCE, Picture
from flow.timebase import TICK
from ingest.playout.splice import FADE, crossed, edged

LOUD = (np.full((TICK, 2), 20_000, "<i2")).tobytes()
LOW = (np.full((TICK, 2), -20_000, "<i2")).tobytes()


def _left(sound: Picture) -> np.ndarray:
    return np.frombuffer(bytes(sound), "<i2").reshape(TICK, 2)[:, 0].astype(int)


def test_after_silence_sound_comes_up_and_before_silence_it_goes_down() -> None:
    both = _left(edged(LOUD, begins=True, ends=True))
    assert both[0] == both[-1] == 0
    assert np.abs(np.diff(both)).max() < 100
    assert (both[FADE:-FADE] == 20_000).all()


def test_one_edge_leaves_the_other_alone() -> None:
    assert (_left(edged(LOUD, begins=True, ends=False))[FADE:] == 20_000).all()
    assert (_left(edged(LOUD, begins=False, ends=True))[:-FADE] == 20_000).all()


def test_without_an_edge_the_tick_is_passed_on() -> None:
    assert edged(LOUD, begins=False, ends=False) is LOUD
    assert edged(SILENCE, begins=True, ends=True) is SILENCE


def test_a_jump_is_crossed_within_ten_ms() -> None:
    mixed = _left(crossed(LOUD, LOW))
    assert (mixed[0], mixed[-1]) == (20_000, -20_000)
    assert np.abs(np.diff(mixed)).max() < 100
    assert (mixed[2 * FADE:] == -20_000).all()
