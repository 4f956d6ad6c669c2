"""Boxes of ISO base media files (ISO/IEC 14496-12, 4.2): where each begins and ends, and nothing of what it means.

Sizes come from bytes that a broken process may have written: each is checked against what holds it before it is
used.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flow.errors import MediaError

HEADER = 8
LARGE_HEADER = 16


@dataclass(frozen=True, slots=True)
class Head:
    """Type and extent of a box: `header` bytes of header in `size` bytes altogether."""

    kind: str
    header: int
    size: int


def read_head(data: bytes | bytearray | memoryview, at: int, limit: int) -> Head | None:
    """The head of the box at `at`, or None when more bytes are needed to tell.

    `limit` is the largest size accepted. Raises MediaError for a size that is smaller than its header, larger
    than `limit`, or “to the end of the file”, which a live stream does not have.
    """
    if len(data) - at < HEADER:
        return None
    size = int.from_bytes(data[at : at + 4], "big")
    kind = bytes(data[at + 4 : at + 8]).decode("latin-1")
    header = HEADER
    if size == 1:
        header = LARGE_HEADER
        if len(data) - at < LARGE_HEADER:
            return None
        size = int.from_bytes(data[at + 8 : at + 16], "big")
    if not header <= size <= limit:
        message = f"box {kind!r} claims {size} bytes, {header} to {limit} are possible"
        raise MediaError(message)
    return Head(kind, header, size)


def walk(data: memoryview) -> Iterator[tuple[str, memoryview]]:
    """Type and content of each box in `data`, one after the other; raises MediaError unless they fill it."""
    at = 0
    while at < len(data):
        head = read_head(data, at, len(data) - at)
        if head is None:
            message = f"{len(data) - at} bytes left where a box should be"
            raise MediaError(message)
        yield head.kind, data[at + head.header : at + head.size]
        at += head.size


def find(data: memoryview, *path: str) -> memoryview:
    """The content of the first box at `path` (`find(moov, "trak", "mdia")`); raises MediaError without one."""
    for wanted in path:
        for kind, content in walk(data):
            if kind == wanted:
                data = content
                break
        else:
            message = f"box {wanted!r} is missing"
            raise MediaError(message)
    return data


class Fields:
    """Reads big-endian numbers from a box's content, one after the other."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """Bytes not yet read."""
        return len(self._data) - self._at

    def take(self, count: int) -> memoryview:
        """The next `count` bytes; raises MediaError when the box ends before."""
        if not 0 <= count <= self.left:
            message = f"a box ends {count - self.left} bytes too early"
            raise MediaError(message)
        piece = self._data[self._at : self._at + count]
        self._at += count
        return piece

    def number(self, width: int) -> int:
        """The next `width` bytes as an unsigned number; raises MediaError when the box ends before."""
        return int.from_bytes(self.take(width), "big")

    def version_and_flags(self) -> tuple[int, int]:
        """The first word of a full box (4.2.2)."""
        return self.number(1), self.number(3)
