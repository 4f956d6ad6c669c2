"""K-weighting (ITU-R BS.1770-4, annex 1): how loud sound is to the ear. No I/O, no clock.

Two recursive filters, one sample after the other by definition. They are worked out for 48 samples at once: as the
filters are linear, what comes out of a block is one matrix times its samples plus another times the state before
it, and all states of a tick follow from the state before the tick by a third.
"""

import numpy as np
from numpy.typing import NDArray

from flow.tick import SOUND_CHANNELS
from flow.timebase import TICK

Reals = NDArray[np.float64]

_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
"""BS.1770-4, tables 1 and 2, for 48 kHz: b0 b1 b2, and a1 a2."""

BLOCK = 48
_BLOCKS = TICK // BLOCK
_STATES = 4
HALVES = 2
"""Energies that `KWeighting.energies` gives for a tick: one for each 20 ms, so that 100 ms is a whole number."""


class KWeighting:
    """The filters of one stereo stream."""

    def __init__(self) -> None:
        self._from_samples, self._to_state = _responses(np.eye(BLOCK))
        from_state, over = _responses(np.zeros((BLOCK, _STATES)), np.eye(_STATES))
        self._from_state, self._over = from_state, over
        self._chain, self._fade = _chain(over)
        self._state: Reals = np.zeros((_STATES, SOUND_CHANNELS))

    def energies(self, sound: Reals) -> tuple[float, float]:
        """Weighted mean squares of the two halves of a tick (rows of left and right), both channels summed."""
        blocks = sound.reshape(_BLOCKS, BLOCK, SOUND_CHANNELS).transpose(1, 0, 2).reshape(BLOCK, -1)
        pushes = (self._to_state @ blocks).reshape(_STATES, _BLOCKS, SOUND_CHANNELS)
        pushed = pushes.transpose(1, 0, 2).reshape(_BLOCKS * _STATES, SOUND_CHANNELS)
        after = (self._chain @ pushed + self._fade @ self._state).reshape(_BLOCKS, _STATES, SOUND_CHANNELS)
        before = np.concatenate((self._state[None], after[:-1])).transpose(1, 0, 2).reshape(_STATES, -1)
        self._state = after[-1]
        heard = self._from_samples @ blocks + self._from_state @ before
        first, second = np.square(heard).sum(axis=0).reshape(HALVES, -1).sum(axis=1) * HALVES / TICK
        return float(first), float(second)


def _responses(samples: Reals, state: Reals | None = None) -> tuple[Reals, Reals]:
    """What comes out of both filters, and their state after it, for each column of samples and states."""
    shelf, high = (np.zeros((2, samples.shape[1])) for _ in range(2)) if state is None else (state[:2], state[2:])
    out = np.empty_like(samples)
    for at, sample in enumerate(samples):
        between, shelf = _filtered(_SHELF, shelf, sample)
        out[at], high = _filtered(_HIGH_PASS, high, between)
    return out, np.concatenate((shelf, high))


def _filtered(
    filters: tuple[tuple[float, float, float], tuple[float, float]], state: Reals, sample: Reals,
) -> tuple[Reals, Reals]:
    """One sample through one filter (direct form 2, transposed)."""
    (b0, b1, b2), (a1, a2) = filters
    out = b0 * sample + state[0]
    return out, np.stack((b1 * sample - a1 * out + state[1], b2 * sample - a2 * out))


def _chain(over: Reals) -> tuple[Reals, Reals]:
    """What each block's push, and the state before the tick, leave in the state after each block."""
    powers = [np.eye(_STATES)]
    for _ in range(_BLOCKS):
        powers.append(over @ powers[-1])
    chain = np.zeros((_BLOCKS * _STATES, _BLOCKS * _STATES))
    for row in range(_BLOCKS):
        for column in range(row + 1):
            place = np.s_[row * _STATES:(row + 1) * _STATES, column * _STATES:(column + 1) * _STATES]
            chain[place] = powers[row - column]
    return chain, np.concatenate(powers[1:])
