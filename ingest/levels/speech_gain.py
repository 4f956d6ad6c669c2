"""How much a voice must be raised or lowered: slowly, and not at all in a pause. Pure, no clock but ticks."""

import math
from collections import deque

from ingest.levels.loudness import lufs

RANGE = 15.0
"""dB that are added or taken away at most."""
UP, DOWN = 1.0 / 25, 3.0 / 25
"""dB by which the gain rises and falls in a tick at most: 1 and 3 in a second."""
_FRESH = 75
"""Ticks of speech in which the gain of a feed that was never heard may also rise by DOWN: 3 s."""
_EASE = 25
"""Ticks in which what is missing would be made up, were there no limits: it comes to rest without a swing."""
_ENOUGH = 0.3
"""dB that do not matter."""

_QUIET, _STEADY_QUIET = -50.0, -40.0
"""LUFS below which nothing is taken for speech; a steady noise, as of a fan, must be louder."""
_PAUSE = 10.0
"""LU under the running level from which there is a pause."""
_LEAST, _MEMORY = 10, 100
"""Ticks of speech before the level is believed, and over which it is judged: 0.4 s and 4 s."""
_DOUBT, _SINK = 250, 1.0 / 25
"""After so many ticks of something that rises and falls like speech, but far under the level (another speaker,
perhaps), the level sinks by so many dB in a tick, until it counts."""
_SPREAD = 4.0
"""Ratio of the loudest to the quietest of 25 ticks from which sound rises and falls."""


class SpeechGain:
    """One feed's gain towards a target, in LUFS."""

    def __init__(self, target: float) -> None:
        self.target = target
        self._speech: deque[float] = deque(maxlen=_MEMORY)
        self._recent: deque[float] = deque(maxlen=25)
        self._heard = self._doubted = 0
        self._sunk = 0.0
        self.db = 0.0

    @property
    def level(self) -> float:
        """The running level of speech, in LUFS; minus infinity while none was heard."""
        return lufs(sum(self._speech) / len(self._speech)) - self._sunk if self._speech else -math.inf

    def after(self, energy: float, momentary: float) -> float:
        """The gain in dB after a tick with this weighted energy, the last 400 ms having had that one."""
        self._recent.append(energy)
        if not self._open(lufs(momentary)):
            return self.db
        self._heard += 1
        self._speech.append(momentary)
        if len(self._speech) >= _LEAST:
            self._approach(max(-RANGE, min(RANGE, self.target - self.level)) - self.db)
        return self.db

    def _open(self, loudness: float) -> bool:
        """Whether this is speech, and no pause."""
        lively = max(self._recent) > _SPREAD * min(self._recent)
        if loudness < (_QUIET if lively else _STEADY_QUIET):
            self._doubted = 0
            return False
        if loudness >= self.level - _PAUSE:
            if self._sunk:  # what was heard before is another's
                self._speech.clear()
            self._doubted, self._sunk = 0, 0.0
            return True
        self._doubted += lively
        if self._doubted > _DOUBT:
            self._sunk += _SINK
        return False

    def _approach(self, missing: float) -> None:
        if abs(missing) >= _ENOUGH:
            up = DOWN if self._heard < _FRESH else UP
            self.db += max(-DOWN, min(up, missing / _EASE))
