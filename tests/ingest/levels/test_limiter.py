"""Peaks kept down."""

import numpy as np

from flow.timebase import TICK
from ingest.levels.limiter import CEILING, DELAY, Limiter


def _through(wave: np.ndarray) -> np.ndarray:
    limiter = Limiter()
    return np.concatenate([limiter.process(wave[at:at + TICK]) for at in range(0, len(wave), TICK)])


def _steps(level: float) -> np.ndarray:
    return np.random.default_rng(1).uniform(-level, level, (10 * TICK, 2)).astype(np.float32)


def test_what_is_low_enough_comes_out_as_it_went_in_five_ms_later() -> None:
    wave = _steps(0.3)
    out = _through(wave)
    assert DELAY == 240
    assert not out[:DELAY].any()
    assert (out[DELAY:] == wave[:-DELAY]).all()


def test_no_sample_is_above_the_ceiling() -> None:
    assert np.abs(_through(_steps(3.0))).max() <= CEILING * 1.0001


def test_it_turns_down_before_the_peak_and_comes_back_slowly() -> None:
    wave = np.full((20 * TICK, 2), 0.1, np.float32)
    wave[5 * TICK:5 * TICK + 48] = 2.0
    out = _through(wave)[:, 0]
    quiet = out[DELAY:4 * TICK]
    assert (quiet == np.float32(0.1)).all()
    around = np.delete(out, np.s_[5 * TICK + DELAY:5 * TICK + DELAY + 48])[DELAY:]
    assert np.abs(np.diff(around)).max() < 0.002  # no step: 4 ms down, 100 ms up
    assert around.min() < 0.05
    assert out[-1] == np.float32(0.1)


def test_both_sides_are_turned_down_alike() -> None:
    wave = _steps(0.2)
    wave[3 * TICK:4 * TICK, 0] *= 20
    out = _through(wave)
    inside = np.s_[3 * TICK + DELAY + 100:4 * TICK]
    ratio = out[inside] / wave[3 * TICK + 100:4 * TICK - DELAY]
    assert np.allclose(ratio[:, 0], ratio[:, 1], rtol=1e-3)
    assert ratio.max() < 0.5


def test_after_a_rest_nothing_old_is_heard() -> None:
    limiter = Limiter()
    limiter.process(_steps(0.5)[:TICK])
    limiter.rest()
    assert not limiter.process(np.zeros((TICK, 2), np.float32)).any()
