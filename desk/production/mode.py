"""Who may read and write a file."""

import os
import stat
from pathlib import Path


def open_to_write(path: Path) -> bool:
    """Whether others than its owner can write it, or put another in its place; False for what is not there."""
    return any(_mode(one) & 0o022 and not _mode(one) & stat.S_ISVTX for one in (path, path.parent))


def open_to_all(path: Path) -> bool:
    """Whether anybody on the machine can write it."""
    return bool(_mode(path) & 0o002)


def open_to_read(path: Path) -> bool:
    """Whether others may read it than its owner and the group that we are: settings are often root's."""
    mode = _mode(path)
    try:
        ours = path.stat().st_gid == os.getegid()
    except OSError:
        return False
    return bool(mode & 0o004 or (mode & 0o040 and not ours))


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
