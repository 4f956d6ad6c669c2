"""The steps before the program at the level of limits; what they hold is seen in `test_escape` and `test_cage`."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import desk.confine
from desk.confine import CANNOT, landlock_version, main

SCRIPT = str(Path(desk.confine.__file__))
BOUNDS = {
    "uid": None, "limits": {"RLIMIT_CORE": 0, "RLIMIT_NOFILE": 77}, "read": ["/usr", "/lib", "/lib64", "/bin"],
    "list": [], "network": False, "nice": 0, "cores": [], "seccomp": "",
}


def confine(parent: int, *words: str) -> "subprocess.CompletedProcess[str]":
    argv = [sys.executable, "-I", "-S", SCRIPT, str(parent), json.dumps(BOUNDS), *words]
    return subprocess.run(argv, capture_output=True, text=True, timeout=20, check=False)


def test_with_its_parent_there_it_becomes_the_program_within_bounds() -> None:
    done = confine(os.getpid(), "/bin/sh", "-c", "ulimit -n; ulimit -c")
    assert (done.returncode, done.stdout) == (0, "77\n0\n"), done.stderr


def test_an_orphan_goes() -> None:
    done = confine(os.getpid() + 1, "/bin/echo", "never")
    assert (done.returncode, done.stdout) == (1, "")


def test_what_cannot_be_executed_says_so() -> None:
    done = confine(os.getpid(), "/no/such/program")
    assert done.returncode == CANNOT
    assert done.stderr.startswith("/no/such/program: ")


def test_no_right_is_left() -> None:
    """T-08: not one capability, and none to be had."""
    bounds = json.dumps({**BOUNDS, "read": ["/"]})
    argv = [sys.executable, "-I", "-S", SCRIPT, str(os.getpid()), bounds, "/bin/cat", "/proc/self/status"]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=20, check=True)
    told = dict(line.split(":\t", 1) for line in done.stdout.splitlines() if ":\t" in line)
    assert told["NoNewPrivs"] == "1"
    assert {int(told[name], 16) for name in ("CapPrm", "CapEff", "CapAmb")} == {0}
    assert int(told["CapBnd"], 16) == 0 or os.geteuid() != 0


def test_this_kernel_says_which_landlock_it_has() -> None:
    assert landlock_version(ctypes.CDLL(None, use_errno=True)) >= 0


def test_it_is_run_as_a_file() -> None:
    assert callable(main)
