"""A playlist that is followed, and its pipe."""

import asyncio
import os
from typing import cast

import pytest

from flow.errors import FeedError
from ingest.hls.fetch import HlsFetch
from ingest.hls.follow import HlsFollow
from ingest.hls.line import HlsLine
from tests.ingest.hls.test_follow import LIST, Client
from tests.ingest.hls_bodies import END, playlist, read_all, ts, words

GONE = FeedError("the HLS server answers 404")


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


def _line(*playlists: str | FeedError, spare: bool = False) -> HlsLine:
    client = Client(list(playlists), a=ts("a"))
    return HlsLine(HlsFollow(cast("HlsFetch", client), LIST, sleep=_at_once, spare=spare))


async def test_its_first_segment_can_be_waited_for_and_comes_out_of_its_pipe() -> None:
    line = _line(playlist("a") + END)
    line.begin()
    assert await line.comes(5)
    await line.over()
    line.handed = True
    assert words(read_all(line.reading)) == "a"
    await line.close()


async def test_one_that_cannot_be_had_says_so_and_a_spare_one_only_ends() -> None:
    for spare in (False, True):
        line = _line(GONE, spare=spare)
        line.begin()
        assert not await line.comes(5)
        if spare:
            await line.over()
        else:
            with pytest.raises(FeedError, match="404"):
                await line.over()
        assert os.read(line.reading, 1) == b""
        await line.close()


async def test_what_was_never_begun_leaves_nothing_open() -> None:
    line = _line(playlist("a") + END)
    await line.close()
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(line.reading)
    await line.close()  # by then the number may be somebody else's
