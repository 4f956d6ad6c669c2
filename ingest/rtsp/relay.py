"""Between an RTSP server and our front: packets go through under our numbers, requests do not."""

import asyncio
import socket
from contextlib import suppress

from flow.errors import FeedError
from ingest.reasons import LATE
from ingest.rtsp.datagrams import Datagrams
from ingest.rtsp.front import FrontHalf
from ingest.rtsp.message import Frame, RtspMessage, RtspReader
from ingest.rtsp.stream import RtspStream, play_info
from ingest.rtsp.talk import Elsewhere, RtspTalk

_READ = 1 << 16
_ARRIVAL = 10.0
"""Seconds that the front has to come and ask for the stream: an FFmpeg takes its time on a busy machine."""
_SILENT = 3.5
"""Seconds without a packet after which the connection is over; the network may stand still for 3 (F-04, F-09)."""
_BEHIND = 4 << 20
"""Bytes that may wait for the front; packets by UDP are lost then, as in the network."""


class RtspRelay:
    """One server, one front."""

    def __init__(self, talk: RtspTalk, stream: RtspStream, datagrams: Datagrams) -> None:
        self._talk = talk
        self._stream = stream
        self._datagrams = datagrams
        self._to_front = {
            number: 2 * at + half for at, one in enumerate(stream.transports)
            for half, number in enumerate((one.first, one.second)) if one.tcp
        }
        self._to_server = {ours: theirs for theirs, ours in self._to_front.items()}
        self._half = FrontHalf("", ())
        self._front: asyncio.StreamWriter | None = None
        self._server: asyncio.Server | None = None
        self._guests: set[asyncio.Task[None]] = set()
        self._played = asyncio.Event()
        self._over = asyncio.Event()
        self._failure: FeedError | None = None
        self._heard = 0.0

    async def open(self, base: str, door: socket.socket) -> None:
        """Wait for the front at `door`. `base` is the address that it is told; its path is a secret by which it is
        known."""
        self._half = FrontHalf(base, self._stream.tracks)
        self._datagrams.sink = self._hand_on
        self._server = await asyncio.start_server(self._greet, sock=door)

    async def run(self) -> None:
        """Until the front goes; raises FeedError when the server does, or sends nothing."""
        tasks = [asyncio.ensure_future(part) for part in (self._over.wait(), self._play())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._failure:
            raise self._failure

    async def close(self) -> None:
        """Let the front go."""
        if self._server:
            self._server.close()
        for task in self._guests:
            task.cancel()
        await asyncio.gather(*self._guests, return_exceptions=True)

    async def _play(self) -> None:
        try:
            async with asyncio.timeout(_ARRIVAL):
                await self._played.wait()
        except TimeoutError:
            reason = "the front did not ask for the stream in time"
            raise FeedError(reason) from None
        await asyncio.gather(self._pump(), self._watch(), self._keep_alive())

    def _hand_on(self, frame: Frame) -> None:
        """A packet that came by UDP."""
        front = self._front
        if front is None or not self._played.is_set():
            return
        self._heard = asyncio.get_running_loop().time()
        if front.transport.get_write_buffer_size() < _BEHIND:
            front.write(bytes(frame))

    def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._guests.add(task)
        task.add_done_callback(self._guests.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Whoever does not know the secret, or comes second, is sent away."""
        parser = RtspReader()
        try:
            while data := await reader.read(_READ):
                parser.feed(data)
                while item := parser.next():
                    if isinstance(item, Frame):
                        self._report(item, writer)
                    elif not await self._answered(item, writer):
                        return
        except (FeedError, ConnectionError):
            return
        finally:
            writer.close()
            if self._front is writer:
                self._over.set()

    async def _answered(self, asked: RtspMessage, writer: asyncio.StreamWriter) -> bool:
        if not self._half.knows(asked) or self._front not in (None, writer):
            return False
        self._front = writer
        info = ""
        if asked.method == "PLAY" and not self._played.is_set():
            info = await self._begin()
        writer.write(self._half.answer(asked, info))
        if asked.method == "PLAY":
            self._heard = asyncio.get_running_loop().time()
            self._played.set()
        return asked.method != "TEARDOWN"

    async def _begin(self) -> str:
        """Let the server play; when its tracks begin."""
        try:
            reply = await self._talk.get("PLAY", self._stream.url, {"Range": "npt=0.000-"})
        except Elsewhere as led:
            self._failure = FeedError(str(led))
            raise self._failure from None
        except FeedError as error:
            self._failure = error
            raise
        return play_info(reply, self._stream.tracks, self._half.base)

    def _report(self, frame: Frame, writer: asyncio.StreamWriter) -> None:
        """What the front received, for the server: some end a stream of which nobody tells."""
        if writer is not self._front:
            return
        if frame.channel in self._to_server:
            self._talk.frame(Frame(channel=self._to_server[frame.channel], body=frame.body))
        elif not self._to_server:
            self._datagrams.send(frame.channel, frame.body)

    async def _pump(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            frames = await self._talk.frames()
            mine = [
                Frame(channel=self._to_front[frame.channel], body=frame.body)
                for frame in frames if frame.channel in self._to_front
            ]
            if mine and self._front:
                self._heard = loop.time()
                self._front.write(b"".join(map(bytes, mine)))
                with suppress(ConnectionError):
                    await self._front.drain()

    async def _watch(self) -> None:
        """Raises FeedError when nothing comes for too long."""
        loop = asyncio.get_running_loop()
        while True:
            left = self._heard + _SILENT - loop.time()
            if left <= 0:
                raise FeedError(LATE)
            await asyncio.sleep(left)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(self._stream.timeout / 2)
            self._talk.tell(self._stream.keeper, self._stream.url)
