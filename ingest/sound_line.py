"""Lays sound on the line of ticks by its timestamps: what is missing becomes silence, what overlaps is cut."""

from collections.abc import Iterator

from flow.errors import FeedError
from flow.tick import SOUND_BYTES, SOUND_CHANNELS
from flow.timebase import SCALE
from ingest.sound_frames import SoundFrame

SLACK = SCALE // 100
"""Samples by which a timestamp may miss its place and still count as following: 10 ms. They are rounded to ms."""

LONGEST = SCALE * 48 * 3_600
"""Samples of the longest hole that is filled: two days, more than 33 bits count. A time beyond is none (T-09)."""

_SAMPLE = SOUND_CHANNELS * 2
_PER_MS = SCALE // 1_000


class SoundLine:
    """The sound of one decoder's life, from its zero without a hole."""

    def __init__(self) -> None:
        self._end = 0
        self._rest = bytearray()

    def add(self, frame: SoundFrame) -> Iterator[bytearray]:
        """Whole ticks that are complete now, SOUND_BYTES each. Raises FeedError for a time beyond reason."""
        samples = memoryview(frame.samples)
        samples = samples[:len(samples) // _SAMPLE * _SAMPLE]
        miss = frame.millis * _PER_MS - self._end
        if miss > LONGEST:
            message = "the sound's times leap"
            raise FeedError(message)
        if miss > SLACK:
            yield from self._silence(miss)
        elif miss < -SLACK:
            samples = samples[-miss * _SAMPLE:]
        self._rest += samples
        self._end += len(samples) // _SAMPLE
        while len(self._rest) >= SOUND_BYTES:
            yield self._rest[:SOUND_BYTES]
            del self._rest[:SOUND_BYTES]

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
