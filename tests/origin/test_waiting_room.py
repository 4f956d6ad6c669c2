"""How long and how many requests wait."""

import asyncio

import pytest

from flow.errors import ViewerError
from origin.viewers import Viewers
from origin.waiting_room import WaitingRoom


async def test_what_arrives_in_time_is_handed_on() -> None:
    viewers = Viewers()
    arrival: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    held = asyncio.create_task(WaitingRoom(viewers, limit=5).hold(_of(arrival), 2))
    await asyncio.sleep(0)
    assert viewers.waiting == 1
    arrival.set_result("here")
    assert await held == "here"
    assert viewers.waiting == 0


async def test_patience_is_counted_in_target_durations() -> None:
    room = WaitingRoom(Viewers(), limit=5, patience=0.001)
    with pytest.raises(ViewerError) as refusal:
        await room.hold(asyncio.Event().wait(), 2)
    assert refusal.value.status == 503


async def test_a_full_room_takes_no_one_more() -> None:
    viewers = Viewers()
    room = WaitingRoom(viewers, limit=1)
    first = asyncio.create_task(room.hold(asyncio.Event().wait(), 2))
    await asyncio.sleep(0)
    with pytest.raises(ViewerError) as refusal:
        await room.hold(asyncio.Event().wait(), 2)
    assert refusal.value.status == 503
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert viewers.waiting == 0


async def _of(future: asyncio.Future[str]) -> str:
    return await future
