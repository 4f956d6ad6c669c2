"""Sound read between its samples."""

import numpy as np
import pytest

from flow.timebase import TICK
from ingest.playout.resampler import BEFORE, ONE, TAPS, Resampler, needed, sinc_phases


def _sine(hertz: int, ticks: int) -> np.ndarray:
    wave = np.rint(20_000 * np.sin(2 * np.pi * hertz * np.arange(ticks * TICK) / 48_000)).astype("<i2")
    return np.stack((wave, -wave), axis=1)


def _played(source: np.ndarray, rates: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """What is heard at these ppm, tick by tick, and the place in the source of each sample."""
    resampler, at, heard, places = Resampler(), 100 * ONE, [], []
    for rate in rates:
        step = ONE + rate * ONE // 1_000_000
        whole, fraction = divmod(at, ONE)
        cut = source[whole - BEFORE:whole - BEFORE + needed(fraction, step)]
        heard.append(np.frombuffer(resampler.render(cut, fraction, step), "<i2").reshape(TICK, 2))
        places.append((at + step * np.arange(TICK)) / ONE)
        at += TICK * step
    return np.concatenate(heard).astype(float), np.concatenate(places)


@pytest.mark.parametrize("rates", [[200] * 50, [-1_000] * 50, list(range(0, 200, 2)), [0] * 10])
def test_a_tone_stays_pure_and_without_a_step_at_any_rate(rates: list[int]) -> None:
    """THD+N of 1 kHz below -60 dB, against the very sine that should be heard at each place."""
    heard, places = _played(_sine(1_000, len(rates) + 3), rates)
    wanted = 20_000 * np.sin(2 * np.pi * 1_000 * places / 48_000)
    for side, sign in ((0, 1), (1, -1)):
        wrong = heard[:, side] - sign * wanted
        assert 20 * np.log10(wrong.std() / wanted.std()) < -80
        assert np.abs(wrong).max() < 10


def test_high_sounds_keep_their_level() -> None:
    heard, places = _played(_sine(12_000, 23), [0, *[500] * 19])
    wanted = 20_000 * np.sin(2 * np.pi * 12_000 * places / 48_000)
    assert 20 * np.log10((heard[:, 0] - wanted).std() / wanted.std()) < -55


def test_on_a_sample_it_is_the_sample_itself() -> None:
    noise = np.random.default_rng(1).integers(-32_768, 32_767, (4 * TICK, 2), dtype="<i2")
    heard, _ = _played(noise, [0])
    assert (heard == noise[100:100 + TICK]).all()


def test_what_is_too_loud_between_the_samples_is_cut_and_not_turned_over() -> None:
    square = np.repeat(np.where(np.arange(3 * TICK) // 20 % 2, -32_768, 32_767)[:, None], 2, axis=1).astype("<i2")
    heard, places = _played(square, [777])
    inside = (places % 20 > 2) & (places % 20 < 17)
    assert (np.sign(heard[inside, 0]) == np.where(places[inside] // 20 % 2, -1, 1)).all()


def test_each_phase_keeps_the_level() -> None:
    table = sinc_phases(64, TAPS, 8.0)
    assert np.allclose(table.sum(axis=1), 1, atol=1e-6)
    assert table[0].argmax() == BEFORE
