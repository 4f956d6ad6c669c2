"""One connection, from the door's side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest

from ingest.rtmp.line import RtmpLine
from ingest.rtmp.message import RtmpError
from ingest.rtmp.session import Media
from tests.ingest.rtmp_talk import codes, opening, picture, sound, talk

Connected = tuple[RtmpLine, asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def connected(stalled: float = 5) -> AsyncIterator[Connected]:
    """A line, and the other end of it."""
    made: asyncio.Queue[RtmpLine] = asyncio.Queue()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.put_nowait(RtmpLine(reader, writer, stalled))

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    line = await made.get()
    try:
        yield line, reader, writer
    finally:
        line.abort()
        writer.transport.abort()
        server.close()


async def test_what_is_asked_for_is_answered_and_what_follows_is_media() -> None:
    async with connected() as (line, reader, writer):
        writer.write(talk(*opening("geheim")))
        assert await line.asked() == "live/geheim"
        assert await line.accept() == []
        assert b"Publish.Start" in await reader.readuntil(b"Publish.Start")
        writer.write(talk(picture(0))[3073:])
        assert [type(event) for event in await line.events() or []] == [Media]


async def test_the_last_words_reach_one_that_is_still_sending() -> None:
    """Closed too early, the connection would be reset, and the refusal lost."""
    async with connected() as (line, reader, writer):
        writer.write(talk(*opening("geheim"), *(picture(0, bytes(1_000)) for _ in range(50))))
        assert await line.asked() == "live/geheim"
        await line.refuse("NetStream.Publish.Rejected")
        ending = asyncio.create_task(line.farewell())
        assert codes(await reader.read())[-1] == "NetStream.Publish.Rejected"
        writer.close()
        await asyncio.wait_for(ending, 5)


async def test_an_end_before_anything_was_asked_for_is_no_wish() -> None:
    async with connected() as (line, _, writer):
        writer.write(talk(opening("geheim")[0]))
        writer.write_eof()
        assert await line.asked() is None


async def test_an_end_after_a_long_talk_about_nothing_is_an_offence() -> None:
    """T-02."""
    async with connected() as (line, _, writer):
        writer.write(talk() + b"\x03" + bytes(6) + b"\x09" + bytes(4) + b"\xc3" * 20)
        writer.write_eof()
        with pytest.raises(RtmpError, match="asks for nothing"):
            await line.asked()


async def test_others_have_their_turn_while_one_sends_a_great_many_messages() -> None:
    """T-18: between any two reads of a flood whatever else is ready is done."""
    async with connected() as (line, _, writer):
        writer.write(talk(*opening("geheim"), *(sound(one) for one in range(1_000))))
        assert await line.asked()
        events, turns = await line.accept(), list[int]()
        while len(events) < 1_000:
            asyncio.get_running_loop().call_soon(turns.append, len(events))
            events += await line.events() or []
        assert len(turns) >= 30
        assert max(after - before for before, after in pairwise([*turns, len(events)])) <= 64


async def test_one_that_never_reads_its_answers_is_given_up() -> None:
    """T-18."""
    async with connected(stalled=0.05) as (line, _, writer):
        writer.write(talk(*opening("geheim")[:1]))
        line._writer.transport.set_write_buffer_limits(high=0)
        line._writer.write(bytes(32 << 20))
        with pytest.raises(TimeoutError):
            await line.asked()
