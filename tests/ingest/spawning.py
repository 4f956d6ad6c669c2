"""Children for tests, without desk: they are killed by whoever started them."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

from flow.cage import Cage
from flow.errors import ToolError
from flow.process import Process


def spawn(
    argv: Sequence[str], *, pass_fds: Sequence[int] = (), stdin: bool = False,
    env: Mapping[str, str] | None = None, cage: Cage | None = None,
) -> Process:
    """`flow.process.Spawn` over a plain Popen; a cage is for desk to build."""
    try:
        return subprocess.Popen(
            argv, bufsize=0, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, pass_fds=tuple(pass_fds),
        )
    except OSError as error:
        raise ToolError(argv[0], str(error)) from error


def stand_in(folder: Path, *lines: str, front: bool = False) -> str:
    """A program to call in place of FFmpeg: lines of Python, in which `pictures` and `sound` are the pipes it was
    given and `say` writes a line to standard error. Called as a front it waits, unless it is made for that. Gives
    its path."""
    head = (
        f"#!{sys.executable} -S", "import os, sys, time",
        "say = lambda text: print(text, file=sys.stderr, flush=True)",
        "pipes = [int(word[5:]) for word in sys.argv if word.startswith('pipe:')]",
        "told = pipes[-1:] if '-enc_time_base' in sys.argv else []  # captions come last",
        "pictures, sound = pipes[:len(pipes) - len(told)][-2:] if len(pipes) > 1 else (-1, -1)",
        *(() if front else ("if 'concat' in sys.argv: time.sleep(60)",)),
    )
    path = folder / "stand-in"
    path.write_text("\n".join([*head, *lines, ""]), "utf-8")
    path.chmod(0o755)
    return str(path)


def until(wanted: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for what a thread or a child does; fails when it does not happen."""
    pause, last = Event(), time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < last
        pause.wait(0.005)
