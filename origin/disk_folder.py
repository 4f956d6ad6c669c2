"""Files below one root, reached by names that cannot leave it."""

import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC


class Opener(Protocol):
    """Opens files as `os.open` does; another one lets a test stand in for a failing disk."""

    def __call__(self, path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        """A file descriptor; raises OSError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A regular file, its bytes and when it was written, in ns by the wall clock, never later than now."""

    name: str
    size: int
    written_ns: int


class DiskFolder:
    """Whole files in folders below `root`.

    Every step of a path is opened relative to the one before and follows no symbolic link, so nothing outside
    the root can be reached. All methods may raise OSError; those that take names raise ValueError for a name
    that is more than one step. Usable from any thread between `open` and `close`.
    """

    def __init__(self, root: Path, *, opener: Opener = os.open) -> None:
        self._path = root
        self._opener = opener
        self._root: int | None = None

    def open(self) -> None:
        """Make the root when it is missing, and open it."""
        self._path.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._root = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def close(self) -> None:
        """Let go of the root."""
        root, self._root = self._root, None
        if root is not None:
            os.close(root)

    def write(self, place: Sequence[str], name: str, body: bytes) -> None:
        """Put a whole file in place, or nothing: when this returns, it survives a power cut.

        The name appears only when every byte is on the disk, and the name itself is synced as well.
        """
        with self._folder(place, make=True) as folder:
            fresh = f".{_step(name)}.new"
            try:
                self._fill(folder, fresh, body)
                os.rename(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
            except OSError:
                with suppress(OSError):  # the disk that failed may fail here too
                    os.unlink(fresh, dir_fd=folder)
                raise
            os.fsync(folder)

    def rename(self, place: Sequence[str], name: str, new_name: str) -> None:
        """Give a file another name in its folder, over what was there."""
        with self._folder(place) as folder:
            os.rename(_step(name), _step(new_name), src_dir_fd=folder, dst_dir_fd=folder)

    def read(self, place: Sequence[str], name: str) -> bytes:
        """The bytes of a file."""
        with self._folder(place) as folder:
            file = self._opener(_step(name), _READ, dir_fd=folder)
            with os.fdopen(file, "rb") as stream:
                return stream.read()

    def remove(self, place: Sequence[str], name: str) -> None:
        """Take a file away; nothing happens when it is gone already."""
        with suppress(FileNotFoundError), self._folder(place) as folder:
            os.unlink(_step(name), dir_fd=folder)

    def folders(self, place: Sequence[str] = ()) -> list[str]:
        """Names of the folders in a place, sorted; links to folders are not counted."""
        with self._folder(place) as folder, os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))

    def files(self, place: Sequence[str]) -> list[FoundFile]:
        """The regular files in a place, oldest first."""
        now = time.time_ns()
        found = []
        with self._folder(place) as folder, os.scandir(folder) as entries:
            for entry in entries:
                facts = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(facts.st_mode):
                    written_ns = min(facts.st_mtime_ns, now)
                    found.append(FoundFile(name=entry.name, size=facts.st_size, written_ns=written_ns))
        return sorted(found, key=lambda file: file.written_ns)

    def _fill(self, folder: int, name: str, body: bytes) -> None:
        file = self._opener(name, _NEW, 0o640, dir_fd=folder)
        try:
            rest = memoryview(body)
            while rest:
                rest = rest[os.write(file, rest):]
            os.fsync(file)
        finally:
            os.close(file)

    @contextmanager
    def _folder(self, place: Sequence[str], *, make: bool = False) -> Iterator[int]:
        if self._root is None:
            message = "the folder is not open"
            raise RuntimeError(message)
        here = os.dup(self._root)
        try:
            for step in place:
                if make:
                    _make(_step(step), here)
                below = os.open(_step(step), _FOLDER, dir_fd=here)
                os.close(here)
                here = below
            yield here
        finally:
            os.close(here)


def _make(name: str, folder: int) -> None:
    with suppress(FileExistsError):
        os.mkdir(name, 0o750, dir_fd=folder)
        os.fsync(folder)  # else a power cut could take the folder with all that was synced in it


def _step(name: str) -> str:
    if name in {"", ".", ".."} or "/" in name or "\0" in name:
        message = f"not a single name: {name[:80]!r}"
        raise ValueError(message)
    return name
