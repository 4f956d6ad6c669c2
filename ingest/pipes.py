"""Pipes from a decoder: whole pictures and whole ticks of sound, read into one buffer each."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress

_CAPACITY = 1 << 20
"""1 MiB, what Linux lets any user have: a picture crosses in two reads instead of twenty."""


def wide_pipe() -> tuple[int, int]:
    """A pipe's two ends, reading and writing, with room for about a picture."""
    reading, writing = os.pipe()
    with suppress(OSError):  # the user's share of pipe memory is spent: the usual 64 KiB work too
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _CAPACITY)
    return reading, writing


def blocks(fd: int, size: int) -> Iterator[bytearray]:
    """Buffers of exactly `size` bytes until the writer goes away; a last, partial one is thrown away."""
    while True:
        block = bytearray(size)
        view = memoryview(block)
        while view:
            count = os.readv(fd, [view])
            if not count:
                return
            view = view[count:]
        yield block
