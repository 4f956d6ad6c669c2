"""The real machine behind the doors that rooms are given: its clock, and a way to start children."""

import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import cast

from desk.cage import Cages
from desk.fence import free
from desk.settings import BEST
from flow.cage import Cage
from flow.errors import ToolError
from flow.process import Process


class SystemClock:
    """The machine's two clocks."""

    def monotonic_ns(self) -> int:
        """Since the machine started."""
        return time.monotonic_ns()

    def wall_ns(self) -> int:
        """Since the Unix epoch."""
        return time.time_ns()


def tethered(argv: Sequence[str], steps: Sequence[str] = (), signal: str = "KILL") -> list[str]:
    """`argv` started so that the kernel kills it when the thread that forked it ends (prctl PR_SET_PDEATHSIG).

    `setpriv` asks the kernel for it; `tether.py`, or other `steps` in its place, then sees whether the parent had
    died before. Both run in place of the child, so no Python of this process runs between fork and exec. Raises
    ToolError without `setpriv` or when the program does not exist.
    """
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        tool = "setpriv"
        raise ToolError(tool, "it is not installed; it comes with util-linux")
    if not argv or shutil.which(argv[0]) is None:
        raise ToolError(argv[0] if argv else "no program", "there is no such program")
    check = steps or _first_steps("tether.py")
    return [setpriv, "--pdeathsig", signal, "--", *check, *argv]


def _first_steps(file: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", str(Path(__file__).with_name(file)), str(os.getpid()))


class SystemSpawn:
    """Starts children that never outlive this process (`flow.process.Spawn`).

    The parent-death signal fires when the *thread* that forked ends, not the process, so all children are forked
    by one thread that never ends. `cage` says what cages are wanted: `best`, `require` or `off`.
    """

    def __init__(self, cage: str = BEST) -> None:
        self.cages = Cages(cage)
        self._starts: SimpleQueue[tuple[Callable[[], Process], Future[Process]]] = SimpleQueue()
        Thread(target=_fork_for_ever, args=(self._starts,), name="forker", daemon=True).start()

    def __call__(
        self, argv: Sequence[str], *, pass_fds: Sequence[int] = (), stdin: bool = False,
        env: Mapping[str, str] | None = None, cage: Cage | None = None,
    ) -> Process:
        """As `flow.process.Spawn` says."""
        fenced = self.cages.fence(argv, cage, env) if cage else free(argv, env)
        try:
            return self._fork(
                argv, tethered(fenced.argv, fenced.steps), pass_fds=(*pass_fds, *fenced.fds), env=fenced.env,
                session=False, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL, stderr=subprocess.PIPE,
            )
        finally:
            for fd in fenced.fds:
                os.close(fd)

    def leader(
        self, argv: Sequence[str], *, env: Mapping[str, str] | None = None, told: bytes = b"",
    ) -> Process:
        """A child that leads a session of its own and shares this process's stderr.

        A terminal's Ctrl-C does not reach it, and its whole group can be killed by its process id. What it is
        `told` comes on its standard input: `/proc` shows none of it.
        """
        process = self._fork(
            argv, tethered(argv), pass_fds=(), env={**os.environ, **(env or {})}, session=True,
            stdin=subprocess.PIPE if told else subprocess.DEVNULL, stderr=None,
        )
        if process.stdin is not None:
            with suppress(BrokenPipeError), process.stdin as ear:  # it may have ended already
                ear.write(told)
        return process

    def leashed(self, argv: Sequence[str], *, env: Mapping[str, str] | None = None) -> Process:
        """A child that is not ours, its standard input and stderr piped; it and all that stays in its group end
        with it, at `terminate`, and with this process, whatever kills that."""
        return self._fork(
            argv, tethered(argv, _first_steps("leash.py"), "TERM"), pass_fds=(), env={**os.environ, **(env or {})},
            session=True, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def _fork(
        self, argv: Sequence[str], tied: Sequence[str], *, pass_fds: Sequence[int], env: Mapping[str, str],
        session: bool, stdin: int, stderr: int | None,
    ) -> Process:
        def start() -> Process:
            process = subprocess.Popen(
                tied, bufsize=0, stdin=stdin, stdout=subprocess.DEVNULL, stderr=stderr, close_fds=True,
                pass_fds=tuple(pass_fds), start_new_session=session, env=env,
            )
            if process.stderr is not None:  # `bufsize` is stdin's; a log is not read byte by byte
                process.stderr = io.BufferedReader(cast("io.RawIOBase", process.stderr))
            return process

        started: Future[Process] = Future()
        self._starts.put((start, started))
        try:
            return started.result()
        except OSError as error:
            raise ToolError(argv[0], f"it cannot be started: {error}") from error


def _fork_for_ever(starts: "SimpleQueue[tuple[Callable[[], Process], Future[Process]]]") -> None:
    while True:
        start, started = starts.get()
        try:
            started.set_result(start())
        except BaseException as error:  # noqa: BLE001 - the caller gets it; this thread's end would kill every child
            started.set_exception(error)
