"""One connection to a server of a few lines."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from flow.errors import FeedError
from ingest.rtsp.address import rtsp_address
from ingest.rtsp.message import Frame, RtspMessage, RtspReader, answer, request
from ingest.rtsp.talk import Elsewhere, RtspTalk

Say = Callable[[RtspMessage], bytes]


async def talking(say: Say, use: Callable[[RtspTalk], Awaitable[None]]) -> list[RtspMessage]:
    """Talk to a server that says this to each request; what it heard."""
    heard: list[RtspMessage] = []
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser = RtspReader()
        while data := await reader.read(4_096):
            parser.feed(data)
            while item := parser.next():
                assert isinstance(item, RtspMessage)
                heard.append(item)
                writer.write(say(item))
        writer.close()
        await writer.wait_closed()
        over.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    talk = RtspTalk(rtsp_address("rtsp://u:p@h/x"), reader, writer, 1)
    try:
        await use(talk)
    finally:
        talk.close()
        server.close()
        await asyncio.wait_for(over.wait(), 5)
    return heard


def ok(asked: RtspMessage, **words: str) -> bytes:
    return answer("200 OK", {"CSeq": str(asked.number), **words})


async def test_who_we_are_is_told_only_to_a_server_that_asks() -> None:
    def say(asked: RtspMessage) -> bytes:
        if asked.header("authorization"):
            return ok(asked)
        return answer("401 No", {"CSeq": str(asked.number), "WWW-Authenticate": 'Digest realm="r", nonce="n"'})

    async def use(talk: RtspTalk) -> None:
        assert (await talk.ask("DESCRIBE", "rtsp://h/x")).status == 200
        await talk.ask("PLAY", "rtsp://h/x")

    heard = await talking(say, use)
    assert [bool(one.header("authorization")) for one in heard] == [False, True, True]
    assert all('"p"' not in one.header("authorization") for one in heard)


async def test_a_wrong_password_is_said() -> None:
    async def use(talk: RtspTalk) -> None:
        with pytest.raises(FeedError, match="refuses the user name or the password"):
            await talk.ask("DESCRIBE", "rtsp://h/x")

    asks = {"WWW-Authenticate": "Basic x"}
    await talking(lambda asked: answer("401 No", {"CSeq": str(asked.number), **asks}), use)


async def test_a_redirection_is_for_whoever_asked_to_judge() -> None:
    """T-04."""
    async def use(talk: RtspTalk) -> None:
        with pytest.raises(Elsewhere) as led:
            await talk.get("DESCRIBE", "rtsp://h/x")
        assert led.value.location == "rtsp://169.254.169.254/"

    location = {"Location": "rtsp://169.254.169.254/"}
    await talking(lambda asked: answer("302 Found", {"CSeq": str(asked.number), **location}), use)


async def test_frames_before_an_answer_are_kept_and_other_talk_is_passed_over() -> None:
    def say(asked: RtspMessage) -> bytes:
        frame = bytes(Frame(channel=0, body=b"a"))
        before = frame + request("ANNOUNCE", "x", {"CSeq": "9"}) + answer("200 OK", {})
        return before + ok(asked) if asked.method == "PLAY" else b""

    async def use(talk: RtspTalk) -> None:
        await talk.ask("PLAY", "rtsp://h/x")
        assert await talk.frames() == [Frame(channel=0, body=b"a")]
        await asyncio.sleep(0)

    await talking(say, use)


async def test_a_server_that_redirects_in_mid_stream_ends_it() -> None:
    """T-04."""
    async def use(talk: RtspTalk) -> None:
        with pytest.raises(FeedError, match="elsewhere"):
            await talk.ask("PLAY", "rtsp://h/x")

    words = {"CSeq": "1", "Location": "rtsp://127.0.0.1/"}
    await talking(lambda _asked: request("REDIRECT", "x", words), use)


async def test_silence_and_a_closed_line_are_said() -> None:
    """F-04."""
    async def use(talk: RtspTalk) -> None:
        with pytest.raises(FeedError, match="does not answer in time"):
            await talk.ask("OPTIONS", "rtsp://h/x")

    await talking(lambda _asked: b"", use)


@asynccontextmanager
async def flooding() -> AsyncIterator[RtspTalk]:
    """A talk with a server that asks without end and reads nothing."""
    async def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while True:
                writer.write(request("OPTIONS", "x", {"CSeq": "1"}) * 1_000)
                await writer.drain()
        writer.close()
        over.set()

    over = asyncio.Event()
    door = socket.create_server(("127.0.0.1", 0))
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    server = await asyncio.start_server(serve, sock=door, limit=1_024)
    reader, writer = await asyncio.open_connection(*door.getsockname())
    talk = RtspTalk(rtsp_address("rtsp://h/x"), reader, writer, 10)
    try:
        yield talk
    finally:
        talk.close()
        server.close()
        await asyncio.wait_for(over.wait(), 5)


async def test_a_server_that_asks_on_and_on_and_reads_nothing_is_given_up() -> None:
    """T-09: what it does not take would wait in our memory."""
    async with flooding() as talk:
        with pytest.raises(FeedError, match="takes no answer"):
            await asyncio.wait_for(talk.frames(), 10)
        assert talk._writer.transport.get_write_buffer_size() <= 1 << 16
        for _ in range(3_000):
            talk.frame(Frame(channel=1, body=bytes(100)))
        assert talk._writer.transport.get_write_buffer_size() < 2 << 16


async def test_such_a_server_is_given_up_while_an_answer_of_its_own_is_waited_for() -> None:
    """T-09."""
    async with flooding() as talk:
        with pytest.raises(FeedError, match="takes no answer"):
            await talk.ask("DESCRIBE", "rtsp://h/x")
