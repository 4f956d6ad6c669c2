"""Recorded chunks stamped anew: drawn once for each kind, then only their time and number are written in."""

from flow.channel import Channel
from flow.chunk import Chunk
from flow.ids import RenditionId
from flow.ladder import is_captions
from flow.timebase import GOP
from tests.recorded.builder import recorded_chunk

_FULL_BOX = 8
"""Bytes from a box's kind to the content behind its version and flags."""


class Stamped:
    """The chunks of one run of a channel, equal to the recorded worker's."""

    def __init__(self, channel: Channel, run: int = 1) -> None:
        self._channel = channel
        self._run = run
        self._drawn: dict[tuple[RenditionId, int], bytes] = {}

    def chunks(self, start: int) -> list[Chunk]:
        """Those of every rendition at one place."""
        return [self._chunk(rendition, start) for rendition in self._channel.renditions]

    def _chunk(self, rendition: RenditionId, start: int) -> Chunk:
        profile = self._channel.profile
        if is_captions(rendition):
            return recorded_chunk(self._channel, rendition, start, run=self._run)
        kind = start % (2 * profile.segment)  # neighbouring IDR pictures have different numbers
        drawn = self._drawn.get((rendition, kind))
        if drawn is None:
            drawn = recorded_chunk(self._channel, rendition, start, run=self._run).body
            self._drawn[rendition, kind] = drawn
        body = bytearray(drawn)
        _write(body, b"mfhd", start // profile.chunk % 2**32, 4)
        _write(body, b"tfdt", start, 8)
        return Chunk(
            rendition=rendition, run=self._run, start=start, duration=profile.chunk,
            independent=rendition in self._channel.sounds or start % GOP == 0, body=bytes(body),
        )


def _write(body: bytearray, kind: bytes, number: int, width: int) -> None:
    at = body.index(kind) + _FULL_BOX
    body[at : at + width] = number.to_bytes(width, "big")
