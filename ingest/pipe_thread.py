"""What carriers with an event loop of their own have in common: a thread, a pipe, a stop and a reason."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from threading import Event, Lock, Thread

from flow.errors import FeedError
from ingest.carrier import Carried
from ingest.pipes import pour, wide_pipe

_log = logging.getLogger(__name__)


class PipeThread:
    """Runs `work` in a loop of its own, and pours what that hands to `put` into a pipe."""

    def __init__(self, name: str, work: Callable[["PipeThread"], Awaitable[None]]) -> None:
        self._work = work
        self._lock = Lock()
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt = asyncio.Event()
        self._writing = -1
        self._bytes = 0
        self._begun = False
        self._ready = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self.trouble = ""

    @property
    def carried(self) -> Carried:
        """What has been handed on, from any thread."""
        return Carried(bytes=self._bytes)

    def start(self, patience: float = 0) -> int:
        """Begin; the pipe's reading end, the caller's to close.

        With `patience` it waits so many seconds for `begun`; raises FeedError when that does not come.
        """
        reading, self._writing = wide_pipe()
        self._thread.start()
        if patience and not (self._ready.wait(patience) and self._begun):
            self.stop()
            os.close(reading)
            raise FeedError(self.trouble or "the sender does not answer in time")
        return reading

    def begun(self) -> None:
        """What `start` may wait for has happened."""
        self._begun = True
        self._ready.set()

    async def put(self, data: bytes) -> None:
        """Hand bytes on, as fast as the reader takes them; raises BrokenPipeError when it has gone."""
        await pour(self._writing, data)
        self._bytes += len(data)

    def stop(self) -> None:
        """End; from any thread, also before `start`."""
        with self._lock:
            self._stopped = True
            if self._loop:
                self._loop.call_soon_threadsafe(self._halt.set)

    def _run(self) -> None:
        try:
            asyncio.run(self._until_over())
        except BrokenPipeError:
            pass  # nobody reads any more
        except FeedError as error:
            self.trouble = str(error)
        except Exception:  # noqa: BLE001 - a feed's failure ends in a sentence; the log has the rest
            _log.exception("a carrier failed")
            self.trouble = "the connection failed in a way that nobody foresaw; the log says how"
        os.close(self._writing)
        self._ready.set()

    async def _until_over(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            if self._stopped:
                self._halt.set()
        work = asyncio.ensure_future(self._work(self))
        halt = asyncio.create_task(self._halt.wait())
        try:
            await asyncio.wait({work, halt}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            with self._lock:
                self._loop = None
            for task in (work, halt):
                task.cancel()
            await asyncio.gather(work, halt, return_exceptions=True)


class PipedCarrier:
    """The half of a carrier (`ingest.carrier`) that one `PipeThread` answers for."""

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
