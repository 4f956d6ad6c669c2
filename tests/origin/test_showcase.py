"""Playlists on show: what the contract test does not say."""

import asyncio

from flow.ids import ChannelId
from flow.playlist import Edge
from origin.showcase import Showcase
from tests.origin.builders import DEMO, V720, playlist_at


async def test_waiting_for_what_never_came_leaves_nothing_behind() -> None:
    show = Showcase()
    channels = [ChannelId(f"none-{index}") for index in range(3)]
    waiting = [asyncio.create_task(show.wait_part(channel, V720, Edge(1, 0))) for channel in channels]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert show._lines == {}


async def test_closing_one_channel_leaves_the_others_waiting() -> None:
    show = Showcase()
    other = ChannelId("other")
    show.publish(DEMO, V720, playlist_at(5, 0))
    show.publish(other, V720, playlist_at(5, 0))
    waiting = asyncio.create_task(show.wait_part(other, V720, Edge(5, 1)))
    await asyncio.sleep(0)
    show.close(DEMO)
    await asyncio.sleep(0)
    assert not waiting.done()
    show.publish(other, V720, playlist_at(5, 1))
    assert await waiting is show.playlist(other, V720)


async def test_ten_thousand_waiters_share_one_playlist() -> None:
    """T-17: parked requests cost a future each, and one publication answers them all."""
    show = Showcase()
    show.publish(DEMO, V720, playlist_at(5, 0))
    waiting = [asyncio.create_task(show.wait_part(DEMO, V720, Edge(5, 1))) for _ in range(10_000)]
    await asyncio.sleep(0)
    playlist = playlist_at(5, 1)
    show.publish(DEMO, V720, playlist)
    assert all(found is playlist for found in await asyncio.gather(*waiting))
