"""The worker's end of the RTMP door: takes one publisher's FLV from a Unix socket and hands it on by pipe."""

import asyncio
import socket
from pathlib import Path

from flow.errors import FeedError
from ingest.pipe_thread import PipedCarrier, PipeThread
from ingest.rtmp.socket import listen

_READ = 1 << 16


class RtmpMouth(PipedCarrier):
    """A carrier (`ingest.carrier`) of one publisher: `start` gives a pipe at once; it closes when he leaves."""

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__(PipeThread("rtmp mouth", self._work))
        self._door: socket.socket | None = None

    def start(self) -> list[int]:
        """Listen; the pipe, which stays empty until a publisher comes.

        Raises FeedError when the socket cannot be made.
        """
        try:
            self._door = listen(self._path)
        except OSError as error:
            reason = f"the RTMP door's socket cannot be made: {error.strerror}"
            raise FeedError(reason) from error
        return [self._line.start()]

    async def _work(self, line: PipeThread) -> None:
        if self._door is None:
            return
        loop = asyncio.get_running_loop()
        with self._door as door:
            publisher, _ = await loop.sock_accept(door)
        # Nobody listens any more: a second connection is refused by the kernel, and cannot mix (T-03).
        with publisher:
            publisher.setblocking(False)
            try:
                while data := await loop.sock_recv(publisher, _READ):
                    await line.put(data)
            except ConnectionError:
                return
