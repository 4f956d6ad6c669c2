"""One ring wakes everyone."""

import asyncio

from origin.bell import Bell


async def test_a_ring_wakes_everyone_who_waits() -> None:
    bell = Bell()
    waiting = [asyncio.create_task(_ring(bell)) for _ in range(5)]
    await asyncio.sleep(0)
    assert len(bell) == 5
    bell.ring()
    await asyncio.gather(*waiting)
    assert len(bell) == 0


async def test_a_ring_is_not_kept_for_who_comes_later() -> None:
    bell = Bell()
    bell.ring()
    late = asyncio.create_task(_ring(bell))
    await asyncio.sleep(0)
    assert not late.done()
    bell.ring()
    await late


async def test_who_leaves_is_no_longer_counted() -> None:
    bell = Bell()
    first, second = (asyncio.create_task(_ring(bell)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    assert len(bell) == 1
    bell.ring()
    await second


async def test_a_ring_in_the_same_instant_as_leaving_harms_nothing() -> None:
    bell = Bell()
    waiting = asyncio.create_task(_ring(bell))
    await asyncio.sleep(0)
    waiting.cancel()
    bell.ring()
    await asyncio.gather(waiting, return_exceptions=True)
    assert waiting.cancelled()


async def _ring(bell: Bell) -> None:
    future = bell.join()
    try:
        await future
    finally:
        bell.leave(future)
