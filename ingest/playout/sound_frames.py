"""Sound with its timestamps, read from the stream that a decoder writes: live Matroska of raw samples.

Raw samples alone would not say where they belong: FFmpeg builds its filters anew when a feed changes its channels
or its rate, and a filter that counts would begin from zero again. No I/O: bytes in, frames out, however the bytes
are split.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.blocks import Blocks

_TRACK = 2
"""The feed's sound; what goes before it is a blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFrame:
    """Samples as they came, and the time of the first in ms since the decoder's zero."""

    millis: int
    samples: bytes


class SoundFrames:
    """Cuts the stream of one decoder's life."""

    def __init__(self) -> None:
        self._blocks = Blocks()

    def feed(self, data: bytes | memoryview) -> Iterator[SoundFrame]:
        """Frames that are complete now. Raises FeedError on bytes that no decoder of ours writes."""
        for block in self._blocks.feed(data):
            if block.track == _TRACK:
                yield SoundFrame(millis=block.millis, samples=block.body)
