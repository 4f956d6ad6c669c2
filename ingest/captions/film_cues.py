"""Gives a film's captions in their time, round after round. No I/O, no clock: its packets tell where it is."""

from collections.abc import Iterator, Sequence

from flow.timebase import SCALE
from ingest.blocks import Block
from ingest.captions.caption import Cue, Cut

_PER_MS = SCALE // 1_000
_NEAR = SCALE // 2
"""Samples by which a film may begin again sooner than its length says."""


class FilmCues:
    """Of one decoder's life. A round begins with the packet that the first one began with, not sooner than the
    film's length says, since a dark film has many packets alike."""

    def __init__(self, cues: Sequence[Cue], length: int) -> None:
        """`cues` stand in their order, timed from the film's beginning, and may grow; `length` is the film's in
        samples, 0 where it is not known: then it is not begun again."""
        self._cues = cues
        self._length = length
        self._first: bytes | None = None
        self._zero = self._round = self._next = 0

    def packet(self, block: Block) -> Iterator[Cue | Cut]:
        """What the coming of one more packet of the film's picture brings."""
        at = block.millis * _PER_MS
        if self._first is None:
            self._first, self._zero = block.body, at
        elif self._length and at - self._zero - self._round >= self._length - _NEAR and block.body == self._first:
            self._round, self._next = at - self._zero, 0
            yield Cut(at=at)
        while self._next < len(self._cues) and self._cues[self._next].start <= at - self._round:
            cue = self._cues[self._next]
            self._next += 1
            yield Cue(start=cue.start + self._round, end=cue.end + self._round, text=cue.text)
