"""Thumbnails made by hand: all that a reader looks at, around a scan that nobody decodes."""

from flow.chunk import Chunk
from flow.thumbnail import LENGTH, THUMBNAILS
from tests.recorded.builder import EPOCH

SIZE = (160, 90)
FIRST = -(-EPOCH // LENGTH)
"""The first whole place of the recorded programme."""


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def frame(size: tuple[int, int] = SIZE, colours: int = 3) -> bytes:
    sides = size[1].to_bytes(2, "big") + size[0].to_bytes(2, "big")
    samplings = [0x22, *[0x11] * (colours - 1)]
    each = b"".join([bytes([number, sampling, 0]) for number, sampling in enumerate(samplings, 1)])
    return segment(0xC0, b"\x08" + sides + bytes([colours]) + each)


def jpeg(*, scan: bytes = b"picture", size: tuple[int, int] = SIZE, more: bytes = b"") -> bytes:
    """`more` stands where other segments may."""
    head = b"\xff\xd8" + segment(0xE0, b"JFIF\0") + segment(0xDB, bytes(65)) + more + frame(size)
    return head + segment(0xC4, bytes(29)) + segment(0xDA, bytes(10)) + scan + b"\xff\xd9"


def picture(place: int, run: int = 1, body: bytes | None = None) -> Chunk:
    """What a worker sends for a place, counted from the first."""
    msn = FIRST + place
    return Chunk(
        rendition=THUMBNAILS, run=run, start=msn * LENGTH, duration=LENGTH, independent=True,
        body=jpeg(scan=b"%d of %d" % (msn, run)) if body is None else body,
    )
