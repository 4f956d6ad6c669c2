"""A child first sees whether its parent is still there."""

import os
import subprocess
import sys
from pathlib import Path

import desk.tether
from desk.tether import main

SCRIPT = str(Path(desk.tether.__file__))


def tether(parent: int, *words: str) -> "subprocess.CompletedProcess[str]":
    argv = [sys.executable, "-I", "-S", SCRIPT, str(parent), *words]
    return subprocess.run(argv, capture_output=True, text=True, timeout=20, check=False)


def test_with_its_parent_there_it_becomes_the_program() -> None:
    done = tether(os.getpid(), "/bin/echo", "--", "-n", "two words")
    assert (done.returncode, done.stdout) == (0, "-- -n two words\n")


def test_an_orphan_goes() -> None:
    done = tether(os.getpid() + 1, "/bin/echo", "never")
    assert (done.returncode, done.stdout) == (1, "")
    assert main([str(os.getpid()), "/bin/echo"]) == 1


def test_the_program_ends_on_a_broken_pipe_as_programs_do() -> None:
    done = tether(os.getpid(), "/bin/grep", "SigIgn", "/proc/self/status")
    assert int(done.stdout.split()[1], 16) & 1 << 12 == 0


def test_what_cannot_be_executed_says_so() -> None:
    done = tether(os.getpid(), "/no/such/program")
    assert (done.returncode, done.stderr) == (127, "/no/such/program: No such file or directory\n")
