"""Reads a whole backup, and gives out what is in it only to whoever can throw it away again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from desk.audit.chain import Head, follows
from desk.backup.archive import ArchiveReader
from desk.backup.channels import count_in
from desk.backup.contents import Way, kept
from desk.backup.envelope import EnvelopeReader
from desk.backup.errors import DamagedError
from desk.backup.maker import CHANNELS, FILES, SETTINGS, TABLES
from flow.errors import ToolError

_AUDIT, _HEAD = "audit/audit.jsonl", "audit.head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a backup says of itself, all of it found right. `channels` and `rows` are counted.

    `head` is the audit's; `audit_fault` says what was wrong with its chain when it was copied, empty for nothing.
    """

    made_s: int
    xacast: str
    machine: str
    schema: str | None
    sealed: bool
    channels: int
    rows: int
    head: str
    audit_fault: str
    config_in_data: bool
    left_out: tuple[str, ...]


class Sink(Protocol):
    """Where a backup's parts go. What it takes must not count before all was read."""

    def settings(self, text: bytes) -> None:
        """The file of settings."""

    def channels(self, content: bytes) -> None:
        """The channels, as lines."""

    def rows(self, table: str, content: bytes) -> None:
        """Some rows of a table, as lines."""

    def file(self, name: str, pieces: Iterable[bytes]) -> None:
        """A file of the data directory."""


def read_backup(path: Path, passphrase: str, sink: Sink, tell: Callable[[int], object] = lambda _: None) -> Read:
    """Go through all of it: every piece, every digest, every line, the audit's chain.

    `tell` gets how many bytes more of the file have been read. Raises DamagedError, PassphraseError, ToolError.
    """
    try:
        with path.open("rb") as file:
            envelope = EnvelopeReader(file, passphrase)
            archive, run = ArchiveReader(envelope), _Run(sink)
            before = 0
            for name, pieces in archive.members():
                run.take(name, pieces)
                tell(file.tell() - before)
                before = file.tell()
            return run.end(archive.about, sealed=envelope.sealed)
    except OSError as error:
        raise ToolError(str(path), error.strerror or str(error)) from error


class _Run:
    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._channels = self._rows = 0
        self._chain = _Chain(None)

    def take(self, name: str, pieces: Iterator[bytes]) -> None:
        try:
            self._member(name, pieces)
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedError(what=f"{name} cannot be read") from error

    def _member(self, name: str, pieces: Iterator[bytes]) -> None:
        kind, _, rest = name.partition("/")
        if kind == FILES and (one := kept(rest)):
            self._file(rest, _checked(rest, pieces) if one.way is Way.DIGEST else pieces)
            return
        content = b"".join(pieces)
        if name == SETTINGS:
            self._sink.settings(content)
        elif name == CHANNELS:
            self._channels = count_in(content)
            self._sink.channels(content)
        elif kind == TABLES:
            self._rows += max(0, content.count(b"\n") - 1)
            self._sink.rows(rest.partition("/")[0], content)
        else:
            raise DamagedError(what=f"{name[:64]} has no place in a backup")

    def _file(self, name: str, pieces: Iterator[bytes]) -> None:
        if name == _HEAD:
            content = b"".join(pieces)
            self._chain = _Chain(Head.parse(content.decode("ascii")))
            pieces = iter([content])
        self._sink.file(name, self._chain.through(pieces) if name == _AUDIT else pieces)

    def end(self, about: dict[str, Any], *, sealed: bool) -> Read:
        try:
            return Read(
                made_s=int(about["made_s"]), xacast=str(about["xacast"]), machine=str(about["machine"]),
                schema=about["schema"], sealed=sealed, channels=self._channels, rows=self._rows,
                head=str(self._chain.head), audit_fault=self._chain.end(),
                config_in_data=about.get("config") == "in data",
                left_out=tuple(map(str, about["left_out"])),
            )
        except (KeyError, ValueError, TypeError) as error:
            raise DamagedError(what="its list cannot be read") from error


def _checked(name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """As they are; raises DamagedError at the end when they are not what the name says."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
        yield piece
    if found.hexdigest() != name.rpartition("/")[2]:
        raise DamagedError(what=f"{name} is not what its name says")


class _Chain:
    """The audit's chain, looked at while its bytes go by; `apart` is the head that was kept beside it."""

    def __init__(self, apart: Head | None) -> None:
        self._apart = apart
        self._rest = b""
        self._fault = ""
        self.head = Head()

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            *lines, self._rest = (self._rest + piece).split(b"\n")
            for line in lines:
                self._follow(line.decode("ascii", "replace"))
            yield piece

    def _follow(self, line: str) -> None:
        after = follows(self.head, line)
        if self._fault or after is None:
            self._fault = self._fault or f"entry {self.head.number + 1} is not the one that was written"
            return
        self.head = after
        if self._apart and after.number == self._apart.number and after != self._apart:
            self._fault = f"entry {after.number} is not the one of the head"

    def end(self) -> str:
        if not self._fault and self._apart and self.head.number < self._apart.number:
            return f"entries {self.head.number + 1} to {self._apart.number} are missing"
        return self._fault
