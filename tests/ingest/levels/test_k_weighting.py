"""K-weighting, a block at a time."""

import numpy as np
import pytest

from flow.timebase import TICK
from ingest.levels.k_weighting import _HIGH_PASS, _SHELF, KWeighting


def _one_by_one(wave: np.ndarray) -> np.ndarray:
    """The filters as the recommendation writes them: sample after sample."""
    for (b0, b1, b2), (a1, a2) in (_SHELF, _HIGH_PASS):
        out = np.zeros_like(wave)
        for at in range(len(wave)):
            out[at] = b0 * wave[at]
            if at > 0:
                out[at] += b1 * wave[at - 1] - a1 * out[at - 1]
            if at > 1:
                out[at] += b2 * wave[at - 2] - a2 * out[at - 2]
        wave = out
    return wave


def test_whole_blocks_give_what_sample_after_sample_gives() -> None:
    wave = np.random.default_rng(1).standard_normal((3 * TICK, 2))
    wanted = np.square(_one_by_one(wave)).reshape(6, -1).sum(axis=1) / (TICK / 2)
    weighting = KWeighting()
    given = [energy for at in range(3) for energy in weighting.energies(wave[at * TICK:(at + 1) * TICK])]
    assert given == pytest.approx(list(wanted), rel=1e-9)


def test_a_tone_of_997_hz_at_full_scale_on_one_side_is_as_loud_as_the_recommendation_says() -> None:
    """BS.1770-4, annex 1: -3.01 LUFS."""
    wave = np.zeros((50 * TICK, 2))
    wave[:, 0] = np.sin(2 * np.pi * 997 * np.arange(len(wave)) / 48_000)
    weighting = KWeighting()
    energies = [sum(weighting.energies(wave[at:at + TICK])) / 2 for at in range(0, len(wave), TICK)]
    assert 10 * np.log10(np.mean(energies[10:])) - 0.691 == pytest.approx(-3.01, abs=0.02)
