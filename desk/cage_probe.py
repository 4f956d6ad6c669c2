"""A program in place of a decoder that a stranger has taken over: it tries to get out, and tells how far it came.

Run as a file: `cage_probe.py FD TARGETS`; TARGETS is JSON as `desk.cage_trial` writes it, the answer too: each
attempt, and whether it was refused. It does no harm where it is let. The tests try much more.
"""

import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def attempts(targets: dict[str, Any]) -> dict[str, Callable[[], bool]]:
    """What is tried: each gives whether it came through, or raises OSError."""
    return {
        "read a file": lambda: bool(Path(targets["file"]).read_bytes()),
        "write a file": lambda: Path(targets["folder"], "escaped").write_bytes(b"x") > 0,
        "connect": lambda: _connects(targets["port"]),
        "start a process": _forks,
        "see a process": lambda: Path(f"/proc/{targets['pid']}/cmdline").read_bytes().hex() == targets["words"],
    }


def main(words: Sequence[str]) -> int:
    """Try each, and tell."""
    told = {name: not _through(attempt) for name, attempt in attempts(json.loads(words[1])).items()}
    os.write(int(words[0]), json.dumps(told).encode())
    return 0


def _through(attempt: Callable[[], bool]) -> bool:
    try:
        return attempt()
    except OSError:
        return False


def _connects(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), 1):
        return True


def _forks() -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
