"""One supervisor for one data directory."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from flow.errors import OperatorError


class Lock:
    """Held while a supervisor runs. The kernel lets go of it when the process ends, however it ends."""

    def __init__(self, run: Path) -> None:
        self._path = run / "lock"
        self._file: int | None = None

    def __enter__(self) -> None:
        """Take it; raises OperatorError when another process holds it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            problem = f"{self._path.parent} cannot be written: {error.strerror}"
            raise OperatorError(problem, "Name another data directory in XACAST_DATA") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(file)
            problem = f"xacast is up already on {self._path.parent.parent} (process {holder})"
            raise OperatorError(problem, "Stop that one first, or set another XACAST_DATA") from error
        with suppress(OSError):  # who holds it is told to people alone; that the disk is full, is said elsewhere
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
        self._file = file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        """Let go."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
