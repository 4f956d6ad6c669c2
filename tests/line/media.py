"""Reads fragment times from media in its own few lines: a check may not trust the parser that it checks."""

import struct
from collections.abc import Iterator


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind, start + 8, start + size
        start += size


def chunk_times(data: bytes) -> list[int]:
    """`baseMediaDecodeTime` of every fragment in a segment."""
    times = []
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind != b"moof":
            continue
        for inner, inner_start, inner_end in _boxes(data, start, end):
            if inner != b"traf":
                continue
            for leaf, leaf_start, _ in _boxes(data, inner_start, inner_end):
                if leaf == b"tfdt":
                    wide = data[leaf_start] == 1
                    times.append(struct.unpack_from(">Q" if wide else ">I", data, leaf_start + 4)[0])
    return times
