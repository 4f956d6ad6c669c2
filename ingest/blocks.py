"""Cuts live Matroska (RFC 9559), as our decoders write it, into blocks. No I/O: bytes in, blocks out, however the
bytes are split."""

from collections.abc import Iterator
from dataclasses import dataclass

from flow.errors import FeedError

_ENTERED = frozenset({0x18538067, 0x1F43B675, 0xA0})
"""Segment, Cluster, BlockGroup: their children are read one by one; anything else is skipped whole."""
_CLUSTER_TIME, _BLOCKS = 0xE7, frozenset({0xA1, 0xA3})
_BLOCK_HEAD = 4
"""A block begins with track number, 16-bit time within the cluster, and flags (RFC 9559, section 10.1)."""
_MOST = 1 << 24
_TRACKS = range(0x81, 0x100)
"""Track numbers of one byte, with the marker of a variable-length number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One packet of a track, counted from 1, and its time in ms since the decoder's zero."""

    track: int
    millis: int
    body: bytes


class Blocks:
    """Cuts the stream of one decoder's life."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._cluster = 0

    def feed(self, data: bytes | memoryview) -> Iterator[Block]:
        """Blocks that are complete now. Raises FeedError on bytes that no decoder of ours writes."""
        self._rest += data
        at = 0
        try:
            while head := _head(self._rest, at):
                kind, size, body = head
                if kind in _ENTERED:
                    at = body
                    continue
                if size > _MOST:
                    raise _garbled()
                if len(self._rest) < body + size:
                    return
                at = body + size
                yield from self._element(kind, bytes(self._rest[body:at]))
        finally:
            del self._rest[:at]

    def _element(self, kind: int, body: bytes) -> Iterator[Block]:
        if kind == _CLUSTER_TIME:
            self._cluster = int.from_bytes(body, "big")
        elif kind in _BLOCKS and len(body) > _BLOCK_HEAD and body[0] in _TRACKS:
            within = int.from_bytes(body[1:3], "big", signed=True)
            yield Block(track=body[0] & 0x7F, millis=self._cluster + within, body=body[_BLOCK_HEAD:])


def _head(data: bytearray, at: int) -> tuple[int, int, int] | None:
    """Id, size and start of the body of the element at `at`; None while its head is not complete (RFC 8794, 4)."""
    kind = _number(data, at, 4)
    if kind is None:
        return None
    size = _number(data, at + kind[1], 8)
    if size is None:
        return None
    value = size[0] & ((1 << 7 * size[1]) - 1)
    return kind[0], value, at + kind[1] + size[1]


def _number(data: bytearray, at: int, longest: int) -> tuple[int, int] | None:
    """A variable-length number with its marker, and its length."""
    if at >= len(data):
        return None
    length = 9 - data[at].bit_length()
    if length > longest:
        raise _garbled()
    if at + length > len(data):
        return None
    return int.from_bytes(data[at:at + length], "big"), length


def _garbled() -> FeedError:
    return FeedError("what the decoder writes is garbled")
