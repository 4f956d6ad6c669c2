"""Keeps child processes as wanted: starts, restarts, stops, and leaves none of their children behind."""

import contextlib
import logging
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desk.reconcile import Deed, Life, Phase, decide
from flow.clock import Clock
from flow.errors import ToolError
from flow.process import Process

_log = logging.getLogger(__name__)

Leader = Callable[[Sequence[str]], Process]
"""Starts a child that leads its own process group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A child that shall run: its command, and a revision that changes when it must be started anew."""

    argv: tuple[str, ...]
    revision: str = ""


class Keeper:
    """The children of one supervisor. All its methods belong to one thread and none of them waits."""

    def __init__(self, *, clock: Clock, leader: Leader) -> None:
        self._clock = clock
        self._leader = leader
        self._lives: dict[str, Life] = {}
        self._processes: dict[str, Process] = {}

    @property
    def pids(self) -> dict[str, int]:
        """Process ids of the children that run."""
        return {key: process.pid for key, process in self._processes.items()}

    def step(self, wanted: Mapping[str, Wanted]) -> None:
        """Notice who died, and do what is due."""
        self._bury()
        revisions = {key: child.revision for key, child in wanted.items()}
        for key, deed in decide(revisions, self._lives, self._clock.monotonic_ns()).items():
            match deed:
                case Deed.START:
                    self._start(key, wanted[key])
                case Deed.STOP:
                    self._stop(key)
                case Deed.KILL:
                    _log.warning("%s did not stop in time and is killed", key)
                    _kill_group(self._processes[key].pid)
                    self._lives[key] = self._lives[key].ended_by_force()
                case Deed.FORGET:
                    del self._lives[key]

    def kill_all(self) -> None:
        """End every child and its children at once."""
        for process in self._processes.values():
            _kill_group(process.pid)

    def _start(self, key: str, child: Wanted) -> None:
        now = self._clock.monotonic_ns()
        life = self._lives.get(key) or Life(revision=child.revision, phase=Phase.DEAD, since=now)
        try:
            process = self._leader(child.argv)
        except ToolError as error:
            _log.error("%s cannot be started: %s", key, error)
            self._lives[key] = life.started(child.revision, now).died(now)
            return
        _log.info("%s runs as process %d", key, process.pid)
        self._processes[key] = process
        self._lives[key] = life.started(child.revision, now)

    def _stop(self, key: str) -> None:
        _log.info("%s is asked to stop", key)
        os.kill(self._processes[key].pid, signal.SIGTERM)  # `terminate` would bury one that has just ended
        self._lives[key] = self._lives[key].asked_to_stop(self._clock.monotonic_ns())

    def _bury(self) -> None:
        for key, process in list(self._processes.items()):
            if not _has_ended(process.pid):
                continue
            # Its group first, while its own entry still holds the number, so that no stranger can own it.
            _kill_group(process.pid)
            status = process.wait()
            del self._processes[key]
            life = self._lives[key]
            asked = life.phase is Phase.STOPPING or status == 0
            self._lives[key] = life.died(self._clock.monotonic_ns())
            _log.log(logging.INFO if asked else logging.WARNING, "%s ended: %s", key, ending(status))


def ending(status: int) -> str:
    """An exit status in words."""
    if status < 0:
        with contextlib.suppress(ValueError):
            return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"


def _has_ended(pid: int) -> bool:
    """Whether a child has ended, without taking its entry from the process table."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
