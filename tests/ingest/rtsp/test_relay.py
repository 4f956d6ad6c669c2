"""What a front and a stranger get from the relay; the whole way is in test_rtsp_pull."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from flow.errors import FeedError
from ingest.rtsp.address import rtsp_address
from ingest.rtsp.datagrams import Datagrams
from ingest.rtsp.message import Frame, RtspMessage, RtspReader, answer, request
from ingest.rtsp.relay import RtspRelay
from ingest.rtsp.stream import RtspStream
from ingest.rtsp.talk import RtspTalk
from ingest.rtsp.tracks import Track
from ingest.rtsp.transport import Transport

STREAM = RtspStream(
    url="rtsp://h/x", tracks=(Track(url="rtsp://h/x/1", lines=("m=video 0 RTP/AVP 96",)),),
    transports=(Transport(tcp=True, first=8, second=9),), keeper="OPTIONS", timeout=60,
)


class Theirs:
    """A server that answers PLAY with `said`, and keeps what it hears."""

    def __init__(self, said: bytes) -> None:
        self._said = said
        self._over = asyncio.Event()
        self.heard: asyncio.Queue[Frame | RtspMessage] = asyncio.Queue()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser = RtspReader()
        while data := await reader.read(4_096):
            parser.feed(data)
            while item := parser.next():
                self.heard.put_nowait(item)
                if isinstance(item, RtspMessage) and item.method == "PLAY":
                    writer.write(self._said.replace(b"NUMBER", b"%d" % item.number))
        writer.close()
        await writer.wait_closed()
        self._over.set()

    @asynccontextmanager
    async def relay(self) -> AsyncIterator[RtspRelay]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        talk = RtspTalk(rtsp_address("rtsp://h/x"), reader, writer, 5)
        relay = RtspRelay(talk, STREAM, Datagrams("127.0.0.1", "127.0.0.1"))
        yield relay
        await relay.close()
        talk.close()
        server.close()
        await asyncio.wait_for(self._over.wait(), 5)


async def opened(relay: RtspRelay) -> str:
    door = socket.create_server(("127.0.0.1", 0))
    base = f"rtsp://127.0.0.1:{door.getsockname()[1]}/secret"
    await relay.open(base, door)
    return base


async def ask(base: str, *words: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(base.split(":")[2].partition("/")[0]))
    writer.write(b"".join(words))
    return reader, writer


PLAYS = answer("200 OK", {"CSeq": "NUMBER"})


async def test_packets_go_through_under_our_numbers_both_ways() -> None:
    theirs = Theirs(PLAYS + bytes(Frame(channel=8, body=b"picture")) + bytes(Frame(channel=200, body=b"other")))
    async with theirs.relay() as relay:
        base = await opened(relay)
        running = asyncio.create_task(relay.run())
        play = request("PLAY", base, {"CSeq": "1"})
        reader, writer = await ask(base, play, bytes(Frame(channel=1, body=b"report")))
        read = await asyncio.wait_for(reader.readuntil(b"picture"), 5)
        assert read.startswith(b"RTSP/1.0 200 OK")
        assert read.endswith(bytes(Frame(channel=0, body=b"picture")))
        heard = [await asyncio.wait_for(theirs.heard.get(), 5) for _ in range(2)]
        assert isinstance(heard[0], RtspMessage)
        assert heard[1] == Frame(channel=9, body=b"report")
        writer.close()
        await asyncio.wait_for(running, 5)


async def test_a_stranger_on_this_machine_is_sent_away_and_the_server_hears_nothing() -> None:
    theirs = Theirs(PLAYS)
    async with theirs.relay() as relay:
        base = await opened(relay)
        for words in (request("PLAY", base.replace("secret", "guess"), {"CSeq": "1"}), b"GET / HTTP/1.1\r\n\r\n"):
            reader, writer = await ask(base, words)
            assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()
        assert theirs.heard.empty()


@pytest.mark.parametrize(("said", "why"), [
    (answer("404 Not Found", {"CSeq": "NUMBER"}), "no such stream"),
    (answer("302 Found", {"CSeq": "NUMBER", "Location": "rtsp://127.0.0.1/"}), "elsewhere"),
])
async def test_a_server_that_will_not_play_is_the_reason_of_the_end(said: bytes, why: str) -> None:
    async with Theirs(said).relay() as relay:
        base = await opened(relay)
        running = asyncio.create_task(relay.run())
        _, writer = await ask(base, request("PLAY", base, {"CSeq": "1"}))
        with pytest.raises(FeedError, match=why):
            await asyncio.wait_for(running, 5)
        writer.close()
