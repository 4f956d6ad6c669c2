"""The Unix sockets by which the door hands a publisher's bytes to a worker: for this user alone."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAITING = 1


def listen(path: Path) -> socket.socket:
    """A listening socket at `path`, mode 0600 in a folder of 0700; one left by an earlier life is replaced.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    path.unlink(missing_ok=True)
    door = _new()
    try:
        os.fchmod(door.fileno(), 0o600)  # before it has a name: nobody finds it with another mode
        with _short(path) as name:
            door.bind(name)
        door.listen(_WAITING)
    except OSError:
        door.close()
        raise
    return door


def call(path: Path) -> socket.socket:
    """A connection to whoever listens at `path`; raises OSError when nobody does."""
    line = _new()
    try:
        with _short(path) as name:
            line.connect(name)
    except OSError:
        line.close()
        raise
    return line


def _new() -> socket.socket:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.setblocking(False)
    return made


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name for `path` within the 108 bytes of a Unix socket's address, however deep the folder lies."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
