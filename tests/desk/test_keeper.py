"""The keeper holds real children: tiny stand-ins that sleep, die, or refuse to die."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.keeper import Keeper, Wanted, ending
from desk.system import SystemClock, SystemSpawn
from tests.desk.test_system import gone

SLEEPER = Wanted(argv=(sys.executable, "-c", "import time; time.sleep(60)"), revision="1")
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
NESTED = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""


class SteppedClock(SystemClock):
    """The machine's clock, put forward by hand."""

    def __init__(self) -> None:
        self.ahead = 0

    def monotonic_ns(self) -> int:
        return super().monotonic_ns() + self.ahead


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def keeper(clock: SteppedClock) -> Iterator[Keeper]:
    keeper = Keeper(clock=clock, leader=SystemSpawn().leader)
    yield keeper
    keeper.kill_all()
    until(keeper, {}, lambda: not keeper.pids)


def until(keeper: Keeper, wanted: dict[str, Wanted], happened: object) -> None:
    """Step until something has happened; the test's time limit is the limit."""
    assert callable(happened)
    while not happened():
        keeper.step(wanted)
        time.sleep(0.005)


def test_what_dies_is_started_again(keeper: Keeper) -> None:
    """F-01."""
    wanted = {"a": SLEEPER}
    keeper.step(wanted)
    first = keeper.pids["a"]
    os.kill(first, signal.SIGKILL)
    until(keeper, wanted, lambda: keeper.pids.get("a", first) != first)
    os.kill(keeper.pids["a"], 0)


def test_what_is_not_wanted_stops(keeper: Keeper) -> None:
    keeper.step({"a": SLEEPER, "b": SLEEPER})
    until(keeper, {"b": SLEEPER}, lambda: "a" not in keeper.pids)
    assert set(keeper.pids) == {"b"}


def test_a_changed_revision_is_started_anew(keeper: Keeper) -> None:
    keeper.step({"a": SLEEPER})
    first = keeper.pids["a"]
    changed = {"a": Wanted(argv=SLEEPER.argv, revision="2")}
    until(keeper, changed, lambda: keeper.pids.get("a", first) != first)


def test_what_does_not_stop_is_killed(keeper: Keeper, clock: SteppedClock) -> None:
    keeper.step({"a": Wanted(argv=(sys.executable, "-c", STUBBORN))})
    pid = keeper.pids["a"]
    ignored = Path(f"/proc/{pid}/status")
    while not _ignores_term(ignored):
        time.sleep(0.005)
    keeper.step({})
    keeper.step({})
    assert keeper.pids == {"a": pid}
    clock.ahead = 4_000_000_000
    until(keeper, {}, lambda: not keeper.pids)
    assert gone(pid)


def _ignores_term(status: Path) -> bool:
    line = next(line for line in status.read_text().splitlines() if line.startswith("SigIgn"))
    return bool(int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def test_a_dead_childs_own_children_go_with_it(keeper: Keeper, tmp_path: Path) -> None:
    """F-01: no FFmpeg is left when a worker is killed."""
    note = tmp_path / "pid"
    wanted = {"a": Wanted(argv=(sys.executable, "-c", NESTED, str(note)))}
    keeper.step(wanted)
    until(keeper, wanted, lambda: note.exists() and note.read_text())
    os.kill(keeper.pids["a"], signal.SIGKILL)
    until(keeper, {}, lambda: not keeper.pids)
    assert gone(int(note.read_text()))


def test_what_cannot_be_started_is_tried_again(keeper: Keeper, tmp_path: Path, clock: SteppedClock) -> None:
    program = tmp_path / "later"
    wanted = {"a": Wanted(argv=(str(program),))}
    keeper.step(wanted)
    assert not keeper.pids
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o700)
    clock.ahead = 200_000_000
    keeper.step(wanted)
    assert keeper.pids


def test_endings_are_told_in_words() -> None:
    assert ending(-9) == "killed by SIGKILL"
    assert ending(2) == "exit status 2"
    assert ending(-200) == "exit status -200"
