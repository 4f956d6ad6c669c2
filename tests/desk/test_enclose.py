"""The guard of what runs in bubblewrap; here it guards a program without it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import desk.enclose
from desk.enclose import CANNOT, main
from tests.desk.line import until
from tests.desk.test_cage import processes
from tests.desk.test_system import gone

SCRIPT = str(Path(desk.enclose.__file__))


def argv(parent: int, how: str, *words: str) -> list[str]:
    return [sys.executable, "-I", "-S", SCRIPT, str(parent), how, *words]


@pytest.mark.parametrize("how", ["plain", "users", "bare"])
@pytest.mark.parametrize(("words", "status"), [
    ("exit 0", 0), ("exit 3", 3), ("exit 255", 255), ("exit 139", -signal.SIGSEGV),
    ("exit 137", -signal.SIGKILL), ("exit 187", 187), ("exit 183", 183),
])
def test_it_ends_as_the_program_did(how: str, words: str, status: int) -> None:
    """bubblewrap tells a death by a signal as 128 + signal; 183 and 187 are errors of FFmpeg's."""
    done = subprocess.run(argv(os.getpid(), how, "/bin/sh", "-c", words), timeout=20, check=False)
    assert done.returncode == status


def test_an_orphan_goes() -> None:
    done = subprocess.run(argv(os.getpid() + 1, "plain", "/bin/echo", "never"), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert main([str(os.getpid()), "plain", "/bin/echo"]) == 1


def test_what_cannot_be_executed_says_so() -> None:
    done = subprocess.run(argv(os.getpid(), "plain", "/no/such"), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (CANNOT, "/no/such: No such file or directory\n")


def test_the_guard_keeps_no_pipe_open() -> None:
    """Who writes to a program that has closed its input must be told."""
    end, into = os.pipe()
    code = "import os, sys; os.close(int(sys.argv[1])); os.write(2, b'closed'); sys.stdin.read()"
    with subprocess.Popen(
        argv(os.getpid(), "plain", sys.executable, "-S", "-c", code, str(end)), pass_fds=[end],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as guard:
        os.close(end)
        assert guard.stderr is not None
        assert guard.stderr.read(6) == b"closed"
        with pytest.raises(BrokenPipeError):
            os.write(into, b"x")
        os.close(into)
        guard.communicate(timeout=10)
    assert guard.returncode == 0


def test_a_killed_guard_takes_the_program_along() -> None:
    """F-01."""
    mark = f"3000.{os.getpid()}"
    program = [sys.executable, "-S", "-c", "import os, time; os.write(2, b'x'); time.sleep(100)", mark]
    with subprocess.Popen(argv(os.getpid(), "plain", *program), stderr=subprocess.PIPE) as guard:
        assert guard.stderr is not None
        assert guard.stderr.read(1) == b"x"
        inside = until(lambda: [pid for pid in processes(mark) if pid != guard.pid], 5, "nothing is inside")
        guard.kill()
    assert len(inside) == 1
    assert gone(inside[0])
