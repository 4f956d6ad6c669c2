"""Both levels of cages, and a program's whole answer from inside one."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from desk.cage import Cages, Level
from desk.system import SystemSpawn
from flow.cage import Cage

LEVELS = (Level.BUBBLEWRAP, Level.LIMITS)


def spawn_at(level: Level, monkeypatch: pytest.MonkeyPatch) -> SystemSpawn:
    """A way to start children in cages of this level; skips where bubblewrap is not to be had."""
    if level is Level.LIMITS:
        monkeypatch.setattr(Cages, "_find", lambda self: setattr(self, "_why", "it is not wanted"))
    elif Cages().level is not level:
        pytest.skip(f"not run: {Cages().why}; apt install bubblewrap")
    return SystemSpawn()


@dataclass(frozen=True)
class Answer:
    """What a program wrote to its pipe and to standard error, and how it ended."""

    out: bytes
    words: str
    status: int


def ask(spawn: SystemSpawn, argv: Sequence[str], cage: Cage, *, fd_word: str = "FD", take: int = -1) -> Answer:
    """Run `argv`, in which `fd_word` stands for a pipe's number, to its end or until `take` bytes have come."""
    end, into = os.pipe()
    child = spawn([word.replace(fd_word, str(into)) for word in argv], cage=cage, pass_fds=[into])
    os.close(into)
    watch = threading.Timer(30, child.kill)
    watch.start()
    try:
        with os.fdopen(end, "rb") as pipe:
            out = pipe.read(take)
            if take >= 0:
                child.kill()
        assert child.stderr is not None
        with child.stderr as lines:
            words = lines.read().decode("utf-8", "replace")
        return Answer(out, words, child.wait(10))
    finally:
        watch.cancel()
        child.kill()
