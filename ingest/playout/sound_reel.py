"""The sound that waits: ticks in a row, from which any stretch can be cut. No I/O, no clock."""

from collections import deque

import numpy as np

from flow.tick import SOUND_CHANNELS, Picture
from flow.timebase import TICK
from ingest.playout.resampler import Samples
from ingest.playout.trim import Trim


class SoundReel:
    """Ticks of sound by their number since the decoder's zero, moved by `shift` samples (above 0: later). `end` is
    the number of the next one to come."""

    def __init__(self, shift: int = 0) -> None:
        self._trim = Trim(shift)
        self._ticks: deque[Picture] = deque()
        self.end = 0

    def __len__(self) -> int:
        return len(self._ticks)

    @property
    def first(self) -> int:
        """The number of the oldest tick that is kept; `end` when there is none."""
        return self.end - len(self._ticks)

    def add(self, sound: Picture) -> int:
        """Keep one tick more; gives its number, or that of the last one while a shift leaves the beginning out."""
        ticks = self._trim.ticks(sound)
        self._ticks += ticks
        self.end += len(ticks)
        return self.end - 1

    def has(self, number: int) -> bool:
        """Whether that tick is kept."""
        return self.first <= number < self.end

    def tick(self, number: int) -> Picture:
        """That tick as it came. Raises IndexError when it is not kept."""
        if not self.has(number):
            raise IndexError(number)
        return self._ticks[number - self.first]

    def cut(self, start: int, count: int) -> Samples:
        """So many samples from sample `start` on, rows of left and right; zeros where nothing is kept."""
        stretch = np.zeros((count, SOUND_CHANNELS), np.int16)
        last = (start + count - 1) // TICK
        for number in range(max(start // TICK, self.first), min(last + 1, self.end)):
            samples = np.frombuffer(self.tick(number), "<i2").reshape(TICK, SOUND_CHANNELS)
            place = number * TICK - start
            skipped = max(0, -place)
            piece = samples[skipped:count - place]
            stretch[place + skipped:place + skipped + len(piece)] = piece
        return stretch

    def forget(self, number: int) -> None:
        """Throw away what comes before that tick."""
        while self._ticks and self.first < number:
            self._ticks.popleft()
