import asyncio
import fcntl
import os
from threading import Thread

import pytest

from flow.errors import FeedError
from flow.tick import SOUND_BYTES
from ingest.pipes import blocks, pour, timed_sound, wide_pipe
from tests.ingest.playout.test_sound_frames import block, cluster


def test_a_pipe_has_room_for_about_a_picture() -> None:
    reading, writing = wide_pipe()
    assert fcntl.fcntl(writing, fcntl.F_GETPIPE_SZ) >= 1 << 16
    assert not os.get_inheritable(reading)
    os.close(reading)
    os.close(writing)


def test_blocks_are_whole_however_they_were_written_and_a_partial_one_is_thrown_away() -> None:
    reading, writing = wide_pipe()
    for piece in (b"ab", b"cdefg", b"h", b"ijk"):
        os.write(writing, piece)
    os.close(writing)
    assert [bytes(one) for one in blocks(reading, 4)] == [b"abcd", b"efgh"]
    os.close(reading)


def test_each_block_has_a_buffer_of_its_own() -> None:
    reading, writing = wide_pipe()
    os.write(writing, b"aabb")
    os.close(writing)
    one, other = blocks(reading, 2)
    assert (bytes(one), bytes(other)) == (b"aa", b"bb")
    os.close(reading)


def test_sound_is_read_to_its_end_and_laid_by_its_times() -> None:
    reading, writing = wide_pipe()
    os.write(writing, cluster(40, block(0, b"\x01" * SOUND_BYTES)))
    os.close(writing)
    assert [bytes(tick) for tick in timed_sound(reading)] == [bytes(SOUND_BYTES), b"\x01" * SOUND_BYTES]
    os.close(reading)


def test_garbled_sound_is_a_feed_error() -> None:
    reading, writing = wide_pipe()
    os.write(writing, bytes(20))
    os.close(writing)
    with pytest.raises(FeedError):
        list(timed_sound(reading))
    os.close(reading)


async def test_more_than_a_pipe_holds_goes_as_fast_as_it_is_read() -> None:
    reading, writing = wide_pipe()
    body = os.urandom(3 << 20)
    read: list[bytes] = []

    def drain() -> None:
        while data := os.read(reading, 1 << 16):
            read.append(data)

    reader = Thread(target=drain)
    reader.start()
    await pour(writing, body)
    os.close(writing)
    await asyncio.to_thread(reader.join, 10)
    assert b"".join(read) == body
    os.close(reading)


async def test_a_reader_who_leaves_ends_the_writing() -> None:
    reading, writing = wide_pipe()
    task = asyncio.create_task(pour(writing, bytes(3 << 20)))
    await asyncio.sleep(0)
    assert not task.done()
    os.close(reading)
    with pytest.raises(BrokenPipeError):
        await task
    os.close(writing)


async def test_writing_can_be_given_up_while_nobody_reads() -> None:
    reading, writing = wide_pipe()
    task = asyncio.create_task(pour(writing, bytes(3 << 20)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    os.close(reading)
    os.close(writing)


def test_the_readers_end_still_blocks_as_ffmpeg_expects() -> None:
    reading, writing = wide_pipe()
    asyncio.run(pour(writing, b"x"))
    assert os.get_blocking(reading)
    os.close(reading)
    os.close(writing)
