"""Lays sound on the line of ticks by its timestamps: what is missing becomes silence, what overlaps is cut."""

from collections.abc import Iterator

from flow.errors import FeedError
from flow.tick import SOUND_BYTES, SOUND_CHANNELS
from flow.timebase import SCALE
from ingest.playout.sound_frames import SoundFrame

SLACK = SCALE // 100
"""Samples by which a timestamp may miss its place and still count as following: 10 ms. They are rounded to ms."""

HOLE, OVERLAP = SCALE * 3 // 100, SCALE // 10
"""Samples from which a hole is filled, and an overlap cut, at once: 30 and 100 ms.

Less is believed only when it stays. A packet of a transport stream holds several frames and one timestamp; FFmpeg
counts the others by the rate that it met first, so that after a change of rate (F-13) most frames seem to come too
early or too late, and only the first of each packet is right.
"""
STAYS = SCALE
"""Samples for which it must: 1 s, more than such a packet holds."""

LONGEST = SCALE * 48 * 3_600
"""Samples of the longest hole that is filled: two days, more than 33 bits count. A time beyond is none (T-09)."""

_SAMPLE = SOUND_CHANNELS * 2
_PER_MS = SCALE // 1_000


class SoundLine:
    """The sound of one decoder's life, from its zero without a hole."""

    def __init__(self) -> None:
        self._end = 0
        self._rest = bytearray()
        self._doubt, self._doubted = 0, 0
        self._cutting = False

    def add(self, frame: SoundFrame) -> Iterator[bytearray]:
        """Whole ticks that are complete now, SOUND_BYTES each. Raises FeedError for a time beyond reason."""
        samples = memoryview(frame.samples)
        samples = samples[:len(samples) // _SAMPLE * _SAMPLE]
        miss = self._believed(frame.millis * _PER_MS - self._end, len(samples) // _SAMPLE)
        if miss > LONGEST:
            message = "the sound's times leap"
            raise FeedError(message)
        if miss > 0:
            yield from self._silence(miss)
        elif miss < 0:
            samples = samples[-miss * _SAMPLE:]
        self._rest += samples
        self._end += len(samples) // _SAMPLE
        while len(self._rest) >= SOUND_BYTES:
            yield self._rest[:SOUND_BYTES]
            del self._rest[:SOUND_BYTES]

    def _believed(self, miss: int, count: int) -> int:
        """By how much a frame of `count` samples that misses its place is moved there, now."""
        if abs(miss) <= SLACK:
            self._doubt, self._cutting = 0, False
            return 0
        if miss > HOLE or miss < (0 if self._cutting else -OVERLAP):
            self._doubt, self._cutting = 0, miss < 0
            return miss
        if miss * self._doubt <= 0:
            self._doubt, self._doubted = miss, 0
        self._doubt = min(self._doubt, miss, key=abs)
        self._doubted += count
        if self._doubted < STAYS:
            return 0
        sure, self._doubt, self._cutting = self._doubt, 0, miss < 0
        return sure

    def _silence(self, count: int) -> Iterator[bytearray]:
        """One tick after the other: a hole may be hours long."""
        left = count * _SAMPLE
        self._end += count
        while left:
            piece = min(left, SOUND_BYTES - len(self._rest))
            self._rest += bytes(piece)
            left -= piece
            if len(self._rest) == SOUND_BYTES:
                yield self._rest
                self._rest = bytearray()
