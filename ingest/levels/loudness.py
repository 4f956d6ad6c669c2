"""Loudness by EBU R 128 and ITU-R BS.1770-4: momentary, short-term, integrated. No I/O, no clock."""

import math
from collections import deque
from dataclasses import dataclass

FLOOR = -70.0
"""LUFS below which nothing is measured: the absolute gate of BS.1770-4, annex 1."""

_MOMENTARY, _SHORT, _STEP = 20, 150, 5
"""Halves of a tick in 400 ms, in 3 s, and in 100 ms, the step of the gating blocks."""
_GATE = 0.1
"""The relative gate: 10 LU under the mean, as a ratio."""
_BINS, _PER_LU = 850, 10
"""Blocks are kept by loudness in tenths from the floor up, so that memory does not grow with the hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """How loud a feed comes, in LUFS (None below -70), and what is done about it.

    `gain_db` is what is added now; `limited_db` the most that the limiter took away in the last tick; `delay_ms`
    what levelling adds to the sound's way.
    """

    momentary: float | None = None
    short_term: float | None = None
    integrated: float | None = None
    gain_db: float = 0.0
    limited_db: float = 0.0
    delay_ms: int = 0


def lufs(energy: float) -> float:
    """The loudness of a weighted mean square, both channels summed (BS.1770-4, annex 1); minus infinity for 0."""
    return 10 * math.log10(energy) - 0.691 if energy > 0 else -math.inf


class LoudnessMeter:
    """Fed with the weighted energy of every 20 ms."""

    def __init__(self) -> None:
        self._energies: deque[float] = deque(maxlen=_SHORT)
        self._recent: deque[float] = deque(maxlen=_MOMENTARY)
        self._seen = 0
        self._counts = [0] * _BINS
        self._sums = [0.0] * _BINS

    def add(self, energy: float) -> None:
        """Half a tick more."""
        self._energies.append(energy)
        self._recent.append(energy)
        self._seen += 1
        if self._seen % _STEP == 0 and len(self._recent) == _MOMENTARY:
            self._keep(self.momentary)

    @property
    def momentary(self) -> float:
        """The energy of the last 400 ms; what was not there yet counts as silence."""
        return sum(self._recent) / _MOMENTARY

    @property
    def short_term(self) -> float:
        """The energy of the last 3 s."""
        return sum(self._energies) / _SHORT

    @property
    def integrated(self) -> float:
        """The energy of everything since the beginning that was above both gates; 0 while there was nothing."""
        everything = sum(self._counts)
        if not everything:
            return 0.0
        gate = sum(self._sums) / everything * _GATE
        first = max(0, _bin(lufs(gate)))
        count = sum(self._counts[first:])
        return sum(self._sums[first:]) / count if count else 0.0

    def _keep(self, energy: float) -> None:
        loudness = lufs(energy)
        if loudness >= FLOOR:
            place = min(_BINS - 1, _bin(loudness))
            self._counts[place] += 1
            self._sums[place] += energy


def _bin(loudness: float) -> int:
    return math.floor((loudness - FLOOR) * _PER_LU)
