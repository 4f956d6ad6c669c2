"""What carriers with an event loop of their own have in common: a thread, a pipe, a stop and a reason."""

import os
from collections.abc import Awaitable, Callable

from flow.errors import FeedError
from ingest.carrier import TOGETHER, Carried
from ingest.loop_thread import LoopThread
from ingest.pipes import pour, wide_pipe


class PipeThread:
    """Runs `work` in a loop of its own, and pours what that hands to `put` into a pipe."""

    def __init__(self, name: str, work: Callable[["PipeThread"], Awaitable[None]]) -> None:
        self._loop = LoopThread(name, lambda: work(self), self._close)
        self._writing = -1
        self._bytes = 0

    @property
    def trouble(self) -> str:
        """What ended it or kept it from beginning; empty while all is well."""
        return self._loop.trouble

    @property
    def carried(self) -> Carried:
        """What has been handed on, from any thread."""
        return Carried(bytes=self._bytes)

    def start(self, patience: float = 0) -> int:
        """Begin; the pipe's reading end, the caller's to close.

        With `patience` it waits so many seconds for `begun`; raises FeedError when that does not come.
        """
        reading, self._writing = wide_pipe()
        try:
            self._loop.start(patience)
        except FeedError:
            os.close(reading)
            raise
        return reading

    def begun(self) -> None:
        """What `start` may wait for has happened."""
        self._loop.begun()

    async def put(self, data: bytes) -> None:
        """Hand bytes on, as fast as the reader takes them; raises BrokenPipeError when it has gone."""
        await pour(self._writing, data)
        self._bytes += len(data)

    def stop(self) -> None:
        """End; from any thread, also before `start`."""
        self._loop.stop()

    def _close(self) -> None:
        os.close(self._writing)


class PipedCarrier:
    """The half of a carrier (`ingest.carrier`) that one `PipeThread` answers for."""

    apart = TOGETHER
    framed = False

    def __init__(self, line: PipeThread) -> None:
        self._line = line

    def stop(self) -> None:
        """End; from any thread."""
        self._line.stop()

    @property
    def trouble(self) -> str:
        """What ended it or kept it from beginning; empty while all is well."""
        return self._line.trouble

    @property
    def carried(self) -> Carried:
        """Bytes that have come."""
        return self._line.carried
