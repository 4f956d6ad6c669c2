"""What a program of others starts ends with it."""

import os
import subprocess
import sys
from pathlib import Path

import desk.leash
from tests.desk.test_system import gone
from tests.ingest.spawning import until

SCRIPT = str(Path(desk.leash.__file__))


def leash(parent: int, *words: str) -> "subprocess.CompletedProcess[str]":
    argv = [sys.executable, "-I", "-S", SCRIPT, str(parent), *words]
    return subprocess.run(argv, capture_output=True, text=True, timeout=20, check=False, start_new_session=True)


def test_it_ends_as_the_program_ended() -> None:
    done = leash(os.getpid(), "/bin/echo", "--", "-n", "two words")
    assert (done.returncode, done.stdout) == (0, "-- -n two words\n")
    assert leash(os.getpid(), "/bin/sh", "-c", "exit 3").returncode == 3
    assert leash(os.getpid(), "/bin/sh", "-c", "kill -9 $$").returncode == 137


def test_an_orphan_goes() -> None:
    done = leash(os.getpid() + 1, "/bin/echo", "never")
    assert (done.returncode, done.stdout) == (1, "")


def test_the_program_has_every_signal_as_programs_do() -> None:
    done = leash(os.getpid(), "/bin/grep", "-E", "SigBlk|SigIgn", "/proc/self/status")
    kept = [int(line.split()[1], 16) for line in done.stdout.splitlines()]
    assert [mask & (1 << 12 | 1 << 14 | 1 << 16) for mask in kept] == [0, 0]


def test_what_it_started_ends_with_the_program(tmp_path: Path) -> None:
    told = tmp_path / "child"
    assert leash(os.getpid(), "/bin/sh", "-c", f"sleep 60 & echo $! > {told}").returncode == 0
    assert gone(int(told.read_text()))


def test_a_program_that_only_stopped_is_waited_for(tmp_path: Path) -> None:
    told = tmp_path / "program"
    words = ("/bin/sh", "-c", f"echo $$ > {told}; kill -STOP $$")
    argv = [sys.executable, "-I", "-S", SCRIPT, str(os.getpid()), *words]
    with subprocess.Popen(argv, start_new_session=True) as guard:
        until(lambda: told.exists() and bool(told.read_text()) and "T" in _state(int(told.read_text())))
        assert guard.poll() is None
        guard.terminate()
        assert guard.wait(10) == 137
    assert gone(int(told.read_text()))


def test_what_cannot_be_executed_says_so() -> None:
    done = leash(os.getpid(), "/no/such/program")
    assert (done.returncode, done.stderr) == (127, "/no/such/program: No such file or directory\n")


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
