"""Stands in for `os` under the disk store: does what it is told, and remembers it."""

import os
from pathlib import Path
from threading import Lock
from typing import Any

from tests.soak.crashes.operations import Operation


class RecordingOs:
    """The functions by which `origin/disk_folder.py` changes a disk; all others are `os`'s own."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = Lock()
        self.operations: list[Operation] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        file = os.open(path, flags, mode, dir_fd=dir_fd)
        if flags & os.O_CREAT:
            assert flags & os.O_TRUNC
            self._note("create", self._below(dir_fd, path))
        return file

    def write(self, file: int, data: bytes | memoryview) -> int:
        count = os.write(file, data)
        self._note("write", self._path(file), data=bytes(data[:count]))
        return count

    def fsync(self, file: int) -> None:
        path = self._path(file)  # nothing is synced really: what counts is what was asked for
        self._note("sync-folder" if (self._root / path).is_dir() else "sync", path)

    def rename(self, name: str, new: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        path, to = self._below(src_dir_fd, name), self._below(dst_dir_fd, new)
        os.rename(name, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
        self._note("rename", path, to=to)

    def unlink(self, name: str, *, dir_fd: int) -> None:
        os.unlink(name, dir_fd=dir_fd)
        self._note("unlink", self._below(dir_fd, name))

    def mkdir(self, name: str, mode: int = 0o777, *, dir_fd: int) -> None:
        os.mkdir(name, mode, dir_fd=dir_fd)
        self._note("make", self._below(dir_fd, name))

    def _below(self, folder: int | None, name: str) -> str:
        assert folder is not None
        return str(Path(self._path(folder)) / name)

    def _path(self, file: int) -> str:
        return str(Path(f"/proc/self/fd/{file}").readlink().relative_to(self._root))

    def _note(self, kind: str, path: str, *, to: str = "", data: bytes = b"") -> None:
        with self._lock:
            self.operations.append(Operation(kind=kind, path=path, to=to, data=data))
