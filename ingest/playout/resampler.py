"""Reads sound at places between samples: a windowed sinc in many phases, for rates near that of the source.

No I/O, no clock, no state: a place in, samples out. What follows at the place where the last call ended goes on
without a step, at whatever rate.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from flow.timebase import TICK

FRACTION = 32
"""Bits of a place behind the sample: the rate is kept exactly over days."""
ONE = 1 << FRACTION
"""A step of one sample."""

TAPS = 16
BEFORE = TAPS // 2 - 1
"""Samples before the first place that `render` needs."""
_PHASE_BITS = 10
_BETA = 8.0
_ROUND = 1 << (FRACTION - _PHASE_BITS - 1)

Samples = NDArray[np.int16]
"""Rows of left and right."""


class Resampler:
    """1,024 phases of 16 taps: errors stay below -80 dB for speech. Phase 0 is the sample itself."""

    def __init__(self) -> None:
        self._table = sinc_phases(1 << _PHASE_BITS, TAPS, _BETA)

    def render(self, source: Samples, fraction: int, step: int) -> bytes:
        """One tick of sound, one sample each `step` (ONE is the source's own rate).

        `source` begins BEFORE samples before the first place, which lies `fraction` behind its sample; it must be
        `needed(fraction, step)` long.
        """
        places = (fraction + _ROUND + step * np.arange(TICK)) >> (FRACTION - _PHASE_BITS)
        taps = self._table[places & ((1 << _PHASE_BITS) - 1)]
        around = sliding_window_view(source.astype(np.float32), TAPS, axis=0)[places >> _PHASE_BITS]
        heard = np.einsum("nct,nt->nc", around, taps)
        whole: bytes = np.rint(np.clip(heard, -32_768, 32_767)).astype("<i2").tobytes()
        return whole


def needed(fraction: int, step: int) -> int:
    """How many samples `render` reads."""
    return ((fraction + _ROUND + step * (TICK - 1)) >> FRACTION) + TAPS


def sinc_phases(count: int, taps: int, beta: float) -> NDArray[np.float32]:
    """The taps at so many places from one sample to the next, as rows; each sums to one, so that a level is kept.

    A sinc under a Kaiser window: with a lower `beta` it is true up to higher pitches, and less quiet beyond.
    """
    away = np.arange(taps)[None, :] - (taps // 2 - 1) - np.arange(count)[:, None] / count
    inside = np.clip(1 - (away / (taps / 2)) ** 2, 0, 1)
    table = np.sinc(away) * np.i0(beta * np.sqrt(inside))
    whole: NDArray[np.float32] = (table / table.sum(axis=1, keepdims=True)).astype(np.float32)
    return whole
