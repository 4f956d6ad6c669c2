"""The thread that writes behind: jobs in, done in order, never in the caller's time."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

Job = Callable[[], None]
_ENTRIES = 50_000  # jobs without weight are bounded too


class DiskWriter:
    """Does jobs one after the other in a thread of its own: urgent ones and others by turns, when both wait.

    At most `limit` bytes wait at a time; what does not fit is refused at once, the caller never blocks. `idle` is
    called after each job and every `idle_seconds` when there is none. Jobs must not raise. `now_ns` is a clock
    that never steps.
    """

    def __init__(
        self, *, limit: int, idle: Job, idle_seconds: float = 10.0, now_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._limit = limit
        self._idle = idle
        self._idle_seconds = idle_seconds
        self._now_ns = now_ns
        self._changed = threading.Condition()
        self._jobs: deque[_Entry] = deque()
        self._urgent: deque[_Entry] = deque()
        self._weight = 0
        self._busy = False
        self._doing: _Entry | None = None
        self._was_urgent = False
        self._stopping = False
        self._thread: threading.Thread | None = None

    @property
    def waiting_bytes(self) -> int:
        """Bytes that wait to be written."""
        return self._weight

    @property
    def behind_ns(self) -> int:
        """For how long the oldest job that is not done has been waiting; 0 when there is none."""
        with self._changed:
            first = [*([self._doing] if self._doing else []), *list(self._urgent)[:1], *list(self._jobs)[:1]]
            return max((self._now_ns() - entry.since_ns for entry in first), default=0)

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start the thread."""
        # A daemon: a disk that hangs for ever must not hold up the end of the process.
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="disk-writer", daemon=True)
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Finish what waits, for `timeout` seconds at most; whether all was done."""
        done = self.flush(timeout)
        with self._changed:
            self._stopping = True
            self._jobs.clear()
            self._urgent.clear()
            self._weight = 0
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout)
        return done

    def offer(self, job: Job, weight: int = 0, *, urgent: bool = False) -> bool:
        """Queue a job that holds `weight` bytes; False when there is no room for it."""
        with self._changed:
            if self._weight + weight > self._limit or len(self._jobs) + len(self._urgent) >= _ENTRIES:
                return False
            (self._urgent if urgent else self._jobs).append(_Entry(job, weight, self._now_ns(), urgent))
            self._weight += weight
            self._changed.notify_all()
            return True

    def flush(self, timeout: float) -> bool:
        """Wait until nothing waits and nothing is being done, `timeout` seconds at most; whether it is so."""
        with self._changed:
            if not self.alive:
                return not self._waits
            return self._changed.wait_for(lambda: not self._waits and not self._busy, timeout)

    @property
    def _waits(self) -> bool:
        return bool(self._jobs or self._urgent)

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job()
            self._idle()
            with self._changed:
                self._busy = False
                self._doing = None
                self._changed.notify_all()

    def _next(self) -> Job | None:
        """The next job, or one that does nothing when there has been none for a while; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waits or self._stopping, self._idle_seconds)
            if self._stopping:
                return None
            self._busy = True
            if not self._waits:
                return _nothing
            # By turns: on a slow disk neither may keep the other from it.
            urgent = self._urgent and not (self._was_urgent and self._jobs)
            self._doing = (self._urgent if urgent else self._jobs).popleft()
            self._was_urgent = self._doing.urgent
            self._weight -= self._doing.weight
            return self._doing.job


class _Entry(NamedTuple):
    """A job, the bytes that it holds, when it was offered."""

    job: Job
    weight: int
    since_ns: int
    urgent: bool


def _nothing() -> None:
    """The job of an idle thread."""
