"""Pipes to and from a decoder: whole pictures and whole ticks of sound come out, bytes of an HLS feed go in."""

import asyncio
import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress

from ingest.playout.sound_frames import SoundFrames
from ingest.playout.sound_line import SoundLine

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


def timed_sound(fd: int) -> Iterator[bytearray]:
    """Ticks of sound, laid by their timestamps, until the writer goes away.

    Raises FeedError when what comes is not what a decoder of ours writes.
    """
    frames, line = SoundFrames(), SoundLine()
    while data := os.read(fd, _CAPACITY):
        for frame in frames.feed(data):
            yield from line.add(frame)


def drain(fd: int) -> None:
    """Throw away what comes, until the writer goes away."""
    while os.read(fd, _CAPACITY):
        pass


async def pour(fd: int, body: bytes | bytearray) -> None:
    """Write every byte, as fast as the reader takes them; raises BrokenPipeError when it has gone.

    Only this end of the pipe stops blocking: the reader's end is another open file.
    """
    os.set_blocking(fd, False)
    view = memoryview(body)
    while view:
        try:
            view = view[os.write(fd, view):]
        except BlockingIOError:
            await _room(fd)


async def _room(fd: int) -> None:
    """Until the pipe takes bytes again, or its reader has gone."""
    loop = asyncio.get_running_loop()
    free = asyncio.Event()
    loop.add_writer(fd, free.set)
    try:
        await free.wait()
    finally:
        loop.remove_writer(fd)
