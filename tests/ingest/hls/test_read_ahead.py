"""T-09, F-09: what waits to be read has a limit in segments and in bytes."""

import asyncio

from ingest.hls.read_ahead import PICTURE, SOUND, ReadAhead

MIB = 1 << 20


async def _waits(ahead: ReadAhead, limit: int) -> asyncio.Task[None]:
    task = asyncio.create_task(ahead.room(limit))
    await asyncio.sleep(0)
    assert not task.done()
    return task


async def test_a_third_segment_waits_until_the_first_is_read() -> None:
    ahead = ReadAhead()
    for _ in range(2):
        await ahead.room(MIB)
        ahead.filled(10)
    waiting = await _waits(ahead, MIB)
    ahead.read()
    await asyncio.wait_for(waiting, 1)


async def test_a_second_one_waits_when_both_might_be_too_big() -> None:
    """F-09."""
    ahead = ReadAhead(10 * MIB)
    await ahead.room(8 * MIB)
    ahead.filled(6 * MIB)
    waiting = await _waits(ahead, 5 * MIB)
    ahead.read()
    await asyncio.wait_for(waiting, 1)


async def test_what_could_not_be_had_takes_no_room() -> None:
    ahead = ReadAhead(10 * MIB)
    await ahead.room(8 * MIB)
    ahead.filled(0)
    await asyncio.wait_for(ahead.room(8 * MIB), 1)


def test_a_segment_may_have_50_megabits_for_each_second_and_never_all_the_room() -> None:
    """T-09: whatever target duration a server names."""
    ahead = ReadAhead()
    assert ahead.limit(4) == 24 * MIB
    assert ahead.limit(0.1) == ahead.limit(2) == 12 * MIB
    assert ahead.limit(20) == ahead.limit(1e308) == 32 * MIB
    assert ReadAhead(SOUND).limit(20) < SOUND
    assert PICTURE + SOUND <= 48 * MIB
