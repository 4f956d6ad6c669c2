"""Moves a feed's sound against the count of ticks: it is heard sooner or later beside its picture. No I/O."""

from flow.tick import SOUND_CHANNELS, Picture
from flow.timebase import TICK

_SAMPLE = SOUND_CHANNELS * 2
_TICK = TICK * _SAMPLE


class Trim:
    """Of one sound, from the decoder's zero on. `samples` above 0 lets it come later, after so much silence; below
    0 earlier, and so much of its beginning is left out."""

    def __init__(self, samples: int = 0) -> None:
        self._whole = samples == 0
        self._waiting = bytearray(max(0, samples) * _SAMPLE)
        self._out = max(0, -samples) * _SAMPLE

    def ticks(self, sound: Picture) -> tuple[Picture, ...]:
        """The ticks that one tick more makes whole: one, after the beginning."""
        if self._whole:
            return (sound,)
        skipped = min(self._out, len(sound))
        self._out -= skipped
        self._waiting += memoryview(sound)[skipped:]
        count = len(self._waiting) // _TICK
        made = tuple(bytes(self._waiting[at * _TICK:(at + 1) * _TICK]) for at in range(count))
        del self._waiting[:count * _TICK]
        return made
