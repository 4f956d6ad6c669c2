"""Events on the disk, a line of JSON each: appended by a thread of its own, one older file kept.

Nothing waits for the disk: lines that find no room in the queue are counted and dropped (F-21, F-37).
"""

import contextlib
import json
import logging
import queue
from collections import deque
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread
from typing import Any

FILE_BYTES = 4 * 1024 * 1024
WAITING = 1_000
"""Lines that may wait for a slow disk."""
LONGEST = 64 * 1024
"""Bytes of a line that is read back."""
PARTING = 1.0
"""Seconds that the last lines get to be written."""

_log = logging.getLogger(__name__)


class EventFile:
    """`path`, and `path` with `.1` once that is full."""

    def __init__(self, path: Path, most: int = FILE_BYTES) -> None:
        self._path = path
        self._file = RotatingFileHandler(path, maxBytes=most, backupCount=1, encoding="utf-8", delay=True)
        self._file.setFormatter(logging.Formatter("%(message)s"))
        self._waiting: queue.Queue[str | None] = queue.Queue(WAITING)
        self.dropped = 0
        self._thread = Thread(target=self._write, name="events", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and let go of the file; returns within about a second."""
        with contextlib.suppress(queue.Full):
            self._waiting.put(None, timeout=PARTING)
        self._thread.join(PARTING)

    def append(self, record: dict[str, Any]) -> None:
        """One line more; never waits."""
        try:
            self._waiting.put_nowait(json.dumps(record, ensure_ascii=False))
        except queue.Full:
            self.dropped += 1

    def read(self, most: int) -> list[dict[str, Any]]:
        """The newest records, oldest first; a line that a power cut has left half written is passed over."""
        newest: deque[dict[str, Any]] = deque(maxlen=most)
        for path in (self._path.with_name(f"{self._path.name}.1"), self._path):
            newest.extend(_records(path))
        return list(newest)

    def _write(self) -> None:
        while (line := self._waiting.get()) is not None:
            # An error of the disk is the handler's, which tells it where the log goes and loses the line.
            self._file.handle(logging.LogRecord("events", logging.INFO, "", 0, line, None, None))
        self._file.close()


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as lines:
            for line in lines:
                with contextlib.suppress(ValueError):
                    record = json.loads(line) if len(line) <= LONGEST else None
                    if isinstance(record, dict) and isinstance(record.get("id"), int):
                        yield record
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("%s cannot be read: %s", path, error.strerror)
