"""One line for each event, with its process, on stderr and in `<data>/log/`.

Nothing on the live line waits for a log: lines go through a bounded queue to a thread of its own, and what does
not fit (a terminal stopped with Ctrl-S, a full disk) is counted and dropped (F-37).
"""

import logging
import queue
import sys
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path

WAITING = 2_000
"""Lines that may wait for a slow sink; a burst at start is some dozens."""

FILE_BYTES = 4 * 1024 * 1024
FILES_KEPT = 4
LONGEST = 4_000
"""Letters of one line; a hostile feed's words are cut there (T-33)."""


class LineFormatter(logging.Formatter):
    """`time LEVEL process logger: words`, always one line: control characters are written as escapes (T-33)."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """The line for one event; a traceback follows on the same line."""
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        words = record.getMessage()
        if record.exc_info:
            words += " | " + self.formatException(record.exc_info)
        return f"{moment} {record.levelname:7} {self._process} {record.name}: {one_line(words)}"


def one_line(words: str) -> str:
    """`words` with control characters escaped and its length bounded."""
    shown = "".join(letter if letter.isprintable() else _escape(letter) for letter in words[:LONGEST])
    return shown + "…" if len(words) > LONGEST else shown


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape", "backslashreplace").decode("ascii")


class DroppingHandler(QueueHandler):
    """Hands records to the writing thread; counts those that found no room and says so when there is some."""

    def __init__(self, waiting: "queue.Queue[logging.LogRecord]") -> None:
        super().__init__(waiting)
        self.dropped = 0

    def enqueue(self, record: logging.LogRecord) -> None:
        """Never waits."""
        try:
            if self.dropped:
                self.queue.put_nowait(_lost(self.dropped))
                self.dropped = 0
            self.queue.put_nowait(record)
        except queue.Full:
            self.dropped += 1


def _lost(count: int) -> logging.LogRecord:
    return logging.LogRecord("desk.logs", logging.WARNING, "", 0, "%d lines lost", (count,), None)


def start_logs(process: str, folder: Path | None, level: str) -> QueueListener:
    """Log as `process` ("headend", "worker/demo"): from `level` on to stderr, all but debugging to a file as well.

    The caller stops the listener that is returned, to write what still waits.
    """
    logging.raiseExceptions = False  # a closed terminal must not turn each line into a traceback
    sinks: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    sinks[0].setLevel(level.upper())
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sinks.append(
                RotatingFileHandler(
                    folder / f"{process.replace('/', '-')}.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT,
                    encoding="utf-8", delay=True,
                )
            )
        except OSError as error:
            sys.stderr.write(f"xacast: no log file in {folder}: {error.strerror}\n")
    for sink in sinks:
        sink.setFormatter(LineFormatter(process))
    waiting: queue.Queue[logging.LogRecord] = queue.Queue(WAITING)
    listener = QueueListener(waiting, *sinks, respect_handler_level=True)
    root = logging.getLogger()
    root.handlers = [DroppingHandler(waiting)]
    root.setLevel(min(logging.INFO, sinks[0].level))
    for library in ("asyncio", "alembic"):  # which tell of their own workings
        logging.getLogger(library).setLevel(logging.WARNING)
    listener.start()
    return listener


def change_level(logs: QueueListener, level: str) -> None:
    """From `level` on to stderr from now on, in a process whose log `start_logs` has started."""
    logs.handlers[0].setLevel(level.upper())
    logging.getLogger().setLevel(min(logging.INFO, logs.handlers[0].level))
