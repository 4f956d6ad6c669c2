"""A thread with an event loop of its own, for one connection: it begins, it stops, and it says why it ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from threading import Event, Lock, Thread

from flow.errors import FeedError
from ingest.reasons import FAILED

_log = logging.getLogger(__name__)


class LoopThread:
    """Runs `work` until it ends or `stop`. `over` is called from the thread when it has ended."""

    def __init__(self, name: str, work: Callable[[], Awaitable[None]], over: Callable[[], None]) -> None:
        self._work = work
        self._over = over
        self._lock = Lock()
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._halt = asyncio.Event()
        self._begun = False
        self._ready = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self.trouble = ""

    def start(self, patience: float = 0) -> None:
        """Begin. With `patience` it waits so many seconds for `begun`; raises FeedError when that never comes."""
        self._thread.start()
        if patience and not (self._ready.wait(patience) and self._begun):
            self.stop()
            raise FeedError(self.trouble or "the sender does not answer in time")

    def begun(self) -> None:
        """What `start` may wait for has happened."""
        self._begun = True
        self._ready.set()

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
            self.trouble = FAILED
        self._over()
        self._ready.set()

    async def _until_over(self) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            if self._stopped:
                self._halt.set()
        work = asyncio.ensure_future(self._work())
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
