"""Whether the machine itself held everybody up: a thread that should wake every 10 ms, and how late it was."""

import time
from collections import deque
from threading import Event, Lock, Thread
from typing import Self

_EVERY = 0.010
_KEPT = 10_000


class Pulse:
    """From `with` to its end: `longest` is by how much it overslept at most in a stretch of time."""

    def __init__(self) -> None:
        self._late: deque[tuple[float, float]] = deque(maxlen=_KEPT)
        self._lock = Lock()
        self._stop = Event()
        self._thread = Thread(target=self._run, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(5)

    def longest(self, begin: float, end: float) -> float:
        """Seconds, between two times of the monotonic clock."""
        with self._lock:
            return max((late for at, late in self._late if begin <= at <= end), default=0.0)

    def _run(self) -> None:
        while not self._stop.is_set():
            asked = time.monotonic()
            self._stop.wait(_EVERY)
            now = time.monotonic()
            if now - asked > 2 * _EVERY:
                with self._lock:
                    self._late.append((now, now - asked - _EVERY))
