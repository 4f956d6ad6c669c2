"""The files that are handed out, in one folder, each under the SHA-256 of its bytes. Calls wait for the disk."""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from flow.errors import OperatorError

MOST_BYTES = 50 << 20
"""A document that is larger is too long for a commune's line before a meeting."""
_COMING = ".coming-"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Coming:
    """A file while it comes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self._sum = hashlib.sha256()
        self.size = 0

    def take(self, piece: bytes) -> None:
        """One more piece; raises OperatorError when there are too many, OSError."""
        self.size += len(piece)
        if self.size > MOST_BYTES:
            problem = f"the file is larger than {MOST_BYTES >> 20} MiB"
            raise OperatorError(problem, "Send a smaller one: a PDF without large pictures")
        if self.file.write(piece) != len(piece):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._sum.update(piece)

    @property
    def digest(self) -> str:
        """The SHA-256 of what has come, in hex."""
        return self._sum.hexdigest()


class Shelf:
    """Files that are there under their digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def coming(self) -> Iterator[Coming]:
        """A place for one that comes; gone at the end, unless it was kept."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=_COMING, buffering=0) as file:
            yield Coming(file)

    def keep(self, coming: Coming) -> None:
        """What came is there from now on, also after a power cut."""
        os.fsync(coming.file.fileno())
        with suppress(FileExistsError):
            os.link(coming.file.name, self.folder / coming.digest)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def drop(self, digest: str) -> None:
        """Nobody hands it out any more."""
        if _DIGEST.fullmatch(digest):
            (self.folder / digest).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Take away what a life before this one left half done."""
        for path in self.folder.glob(f"{_COMING}*"):
            path.unlink(missing_ok=True)
