"""A true-peak limiter: looks 5 ms ahead, so that it can turn down before a peak instead of cutting it off.

Peaks are looked for between the samples too (ITU-R BS.1770-4, annex 2: at four times the rate). No I/O, no clock.
"""

from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from flow.tick import SOUND_CHANNELS
from flow.timebase import TICK
from ingest.playout.resampler import sinc_phases

DELAY = 240
"""Samples by which sound comes out later, always: 5 ms."""
CEILING = 10 ** (-1.3 / 20)
"""Of full scale. Under -1 dBTP by what a meter with a longer filter sees more than this one."""

_BLOCK = 48
_BLOCKS = TICK // _BLOCK
_AHEAD = 4
"""Blocks of 1 ms over which the gain goes down before a peak."""
_RELEASE = 0.02
"""Share of the way back to full that the gain goes in a block: most of it in 100 ms."""
_TAPS, _BETA = 24, 6.0
"""Long enough to see what a meter of 192 kHz sees, up to white noise."""
_BEFORE = _TAPS // 2 - 1

Sound = NDArray[np.float32]
"""Rows of left and right, 1.0 being full scale."""


class Limiter:
    """One stereo stream. Both channels are turned down alike, so that nothing moves to a side."""

    def __init__(self) -> None:
        self._phases = sinc_phases(4, _TAPS, _BETA)[1:].T.copy()
        self._harmless = CEILING / float(np.abs(self._phases).sum(axis=0).max())
        self._past: Sound = np.zeros((DELAY + _BLOCK, SOUND_CHANNELS), np.float32)
        self._fits = [1.0] * _AHEAD
        self._held = [1.0] * _AHEAD
        self.least = 1.0
        """The lowest gain of the last tick."""

    def process(self, sound: Sound) -> Sound:
        """A tick in, a tick out, DELAY samples later."""
        line = np.concatenate((self._past, sound))
        gains = self._gains(line)
        self._past = line[TICK:]
        out = line[_BLOCK:_BLOCK + TICK]
        self.least = min(gains)
        if self.least >= 1.0:
            return out
        edges = np.array(gains, np.float32)
        share = np.arange(_BLOCK, dtype=np.float32) / _BLOCK
        curve = edges[:-1, None] + np.diff(edges)[:, None] * share
        return (out * curve.reshape(TICK, 1)).astype(np.float32, copy=False)

    def rest(self) -> None:
        """The stream stops here: what was held back is never heard."""
        self._past[:] = 0

    def _gains(self, line: Sound) -> list[float]:
        """The gain at each border of the 40 blocks that come out, from what fits each block that is known."""
        fits = self._fits + self._found(line)
        self._fits = fits[_BLOCKS:]
        borders = [min(pair) for pair in pairwise(fits)]
        held = self._held
        for at in range(len(borders) - _AHEAD + 1):
            last = held[-1]
            held.append(min(*borders[at:at + _AHEAD], last + (1.0 - last) * _RELEASE))
        if held[-1] > 0.9999:  # the way back never ends by itself
            held[-1] = 1.0
        self._held = held[-_AHEAD:]
        return [sum(held[at:at + _AHEAD]) / _AHEAD for at in range(_BLOCKS + 1)]

    def _found(self, line: Sound) -> list[float]:
        """What gain each of the 40 blocks that end 1 ms before the end of the line may have."""
        start = len(line) - TICK - _BLOCK
        near = np.abs(line[start - _BLOCK:]).reshape(-1, _BLOCK * SOUND_CHANNELS).max(axis=1)
        peaks = near[1:-1].copy()
        loud = np.flatnonzero(np.maximum(np.maximum(near[:-2], near[2:]), peaks) > self._harmless)
        if len(loud):
            around = sliding_window_view(line, _TAPS, axis=0)
            places = (start - _BEFORE + loud[:, None] * _BLOCK + np.arange(_BLOCK)).ravel()
            between = np.abs(around[places] @ self._phases).reshape(len(loud), -1).max(axis=1)
            peaks[loud] = np.maximum(peaks[loud], between)
        fitting: list[float] = (CEILING / np.maximum(peaks, CEILING)).tolist()
        return fitting
