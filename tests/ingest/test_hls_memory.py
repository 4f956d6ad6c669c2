"""What a hostile HLS server may put into a worker's memory."""

import asyncio
import weakref
from typing import cast

import pytest

from ingest.hls.fetch import HlsFetch
from ingest.hls.follow import HlsFollow
from ingest.hls.read_ahead import PICTURE, SOUND, ReadAhead
from ingest.pipes import wide_pipe
from tests.ingest.hls_bodies import END, playlist, read_all, ts


class Body(bytearray):
    """One that can be watched."""


class Biggest:
    """A server whose segments are as big as they may be. `alive` counts their bytes that are still in memory."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.alive = self.most = self.given = 0
        self.empty = asyncio.Event()

    async def playlist(self, url: str) -> tuple[str, str]:
        return self._text, url

    async def media(self, _url: str, limit: int, **_more: object) -> bytearray:
        body = Body(limit)
        body[:564] = ts("x") * 3
        self.given += 1
        self.alive += limit
        self.most = max(self.most, self.alive)
        weakref.finalize(body, self._gone, limit)
        return body

    def _gone(self, size: int) -> None:
        self.alive -= size
        if not self.alive:
            self.empty.set()


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


@pytest.mark.parametrize(("target", "most"), [(1, PICTURE), (20, PICTURE), (20, SOUND)])
async def test_a_server_of_huge_segments_fills_no_memory(target: int, most: int) -> None:
    """T-09, F-09: neither while nobody reads, nor from one segment to the next."""
    reading, writing = wide_pipe()
    client = Biggest(playlist(*"abcd", target=target) + END)
    follow = HlsFollow(cast("HlsFetch", client), "http://h/x", ahead=ReadAhead(most), sleep=_at_once)
    task = asyncio.create_task(follow.run(writing))
    for _ in range(100):
        await asyncio.sleep(0)
    assert client.given < 4
    await asyncio.to_thread(read_all, reading)
    await asyncio.wait_for(task, 10)
    assert client.given == 4
    assert client.most <= most


async def test_a_segment_that_was_read_is_gone_before_the_next_one_comes() -> None:
    """F-09."""
    reading, writing = wide_pipe()
    client = Biggest(playlist("a"))
    follow = HlsFollow(cast("HlsFetch", client), "http://h/x", sleep=_at_once)
    task = asyncio.create_task(follow.run(writing))
    taken = asyncio.create_task(asyncio.to_thread(read_all, reading))
    await asyncio.wait_for(client.empty.wait(), 10)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, taken, return_exceptions=True)
