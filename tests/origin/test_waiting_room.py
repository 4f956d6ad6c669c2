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


async def test_one_peer_has_so_many_places_and_no_more() -> None:
    """T-17: addresses of one network are one peer, others still find a place, and loopback is not counted."""
    viewers = Viewers()
    room = WaitingRoom(viewers, limit=100, peer_limit=2)
    waiting = [
        asyncio.create_task(room.hold(asyncio.Event().wait(), 2, remote))
        for remote in ("2001:db8::1", "2001:db8::2", "192.0.2.1", "127.0.0.1", "127.0.0.1", "127.0.0.1")
    ]
    await asyncio.sleep(0)
    assert viewers.waiting == 6
    with pytest.raises(ViewerError) as refusal:
        await room.hold(asyncio.Event().wait(), 2, "2001:db8::3")
    assert refusal.value.status == 503
    assert viewers.waiting == 6
    waiting[0].cancel()
    await asyncio.gather(waiting[0], return_exceptions=True)
    waiting.append(asyncio.create_task(room.hold(asyncio.Event().wait(), 2, "2001:db8::3")))
    await asyncio.sleep(0)
    assert viewers.waiting == 6
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert viewers.waiting == 0


async def test_one_site_has_so_many_places_and_no_more() -> None:
    """T-17: behind a reverse proxy all have one address, but a token says whose request it is."""
    viewers = Viewers()
    room = WaitingRoom(viewers, limit=100, site_limit=2)
    waiting = [
        asyncio.create_task(room.hold(asyncio.Event().wait(), 2, "127.0.0.1", site))
        for site in ("xa-1", "xa-1", "xa-2", None)
    ]
    await asyncio.sleep(0)
    with pytest.raises(ViewerError) as refusal:
        await room.hold(asyncio.Event().wait(), 2, "127.0.0.1", "xa-1")
    assert refusal.value.status == 503
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert not room._of_site


async def _of(future: asyncio.Future[str]) -> str:
    return await future
