"""The audit on the disk: a line for each entry, appended and synced before what it tells is done.

The lines are in `<data>/audit/audit.jsonl`, their head apart in `<data>/audit.head`. It is no table of the
database: a change is recorded while a database elsewhere is away, and whoever reads a file needs no tool of ours.
"""

import errno
import logging
import os
from pathlib import Path
from threading import Lock
from typing import Any

from desk.audit.chain import Head, follows, linked, read_line
from desk.whole_file import write_whole
from flow.errors import ToolError

PAGE = 256 * 1024
"""Bytes in one answer, and bytes at the end that are looked at after a power cut."""
TOOL = "the audit"
GONE = "the head was gone"
"""Stands in the entry with which a book goes on whose head was lost, or taken away."""
_log = logging.getLogger(__name__)


class AuditBook:
    """Opened with the first entry, never before: a disk that is full keeps nothing off air."""

    def __init__(self, data: Path) -> None:
        self._path = data / "audit" / "audit.jsonl"
        self._apart = data / "audit.head"
        self._lock = Lock()
        self._head: Head | None = None

    def append(self, entry: dict[str, Any]) -> int:
        """Keep an entry of plain values, beyond a power cut; its number. Raises ToolError when it cannot be."""
        with self._lock:
            try:
                before, gone = self._known()
                head, line = linked(before, {**entry, "noticed": GONE} if gone else entry)
                self._add(f"{line}\n".encode("ascii"))
                self._keep(head)
                self._head = head
            except OSError as error:
                self._head = None  # the next one looks what stands there
                raise ToolError(TOOL, f"it cannot be written: {error.strerror}") from error
            return head.number

    def page(self, at: int) -> tuple[list[str], int]:
        """Lines from the byte `at`, or the last ones when it is negative, and the byte after them.

        Raises ToolError when they cannot be read.
        """
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                begin = max(0, size - PAGE) if at < 0 else min(at, size)
                file.seek(begin)
                read = file.read(PAGE)
        except FileNotFoundError:
            return [], 0
        except OSError as error:
            raise ToolError(TOOL, f"it cannot be read: {error.strerror}") from error
        if at < 0 and begin:  # in the middle of a line
            skipped = read.find(b"\n") + 1
            begin, read = begin + skipped, read[skipped:]
        whole = read.rfind(b"\n") + 1 or len(read)  # a line without an end is one too, and a broken one
        return _lines(read[:whole]), begin + whole

    def head(self) -> Head | None:
        """What is kept apart; None when nothing is, or it cannot be read."""
        try:
            return Head.parse(self._apart.read_text("ascii"))
        except (OSError, ValueError):
            return None

    def _known(self) -> tuple[Head, bool]:
        """Where to go on, and whether the head was gone. What is missing stays so, for `verify` to tell."""
        if self._head is not None:
            return self._head, False
        self._end_line()
        lines, _ = self.page(-1)
        kept = self.head()
        if kept is None:
            return _last(lines), bool(lines)
        return _after(kept, lines), False

    def _end_line(self) -> None:
        """What a power cut has left half written gets an end, and is nobody's entry."""
        if self._path.exists() and self._path.stat().st_size:
            with self._path.open("r+b") as file:
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.seek(0)
                    whole = file.read().rfind(b"\n") + 1
                    _log.warning("the last line of %s was never finished; it is taken off", self._path)
                    file.truncate(whole)
                    os.fsync(file.fileno())

    def _add(self, line: bytes) -> None:
        """All of the line or nothing of it, synced."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = not self._path.exists()
        place = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(place).st_size
            try:
                _write(place, line)
                os.fsync(place)
            except OSError:
                os.ftruncate(place, size)
                raise
        finally:
            os.close(place)
        if new:
            _sync(self._path.parent)

    def _keep(self, head: Head) -> None:
        write_whole(self._apart, f"{head}\n".encode("ascii"))


def _write(place: int, line: bytes) -> None:
    if os.write(place, line) != len(line):
        raise OSError(errno.ENOSPC, "the disk took half a line")


def _last(lines: list[str]) -> Head:
    """The head after the last line that is right in itself."""
    for line in reversed(lines):
        words = read_line(line)
        if words is not None:
            before = Head(number=words["entry"]["number"] - 1, hash=str(words.get("previous")))
            if (after := follows(before, line)) is not None:
                return after
    return Head()


def _after(kept: Head, lines: list[str]) -> Head:
    """The head after `kept` and the lines that follow it: between a line and its head the power may fail."""
    head = kept
    for line in lines:
        head = follows(head, line) or head
    return head


def _lines(content: bytes) -> list[str]:
    """As text; a byte that is none becomes a letter that no right line has."""
    return content.decode("ascii", "replace").removesuffix("\n").split("\n") if content else []


def _sync(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
