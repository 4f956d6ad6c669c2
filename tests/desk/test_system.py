"""Children never outlive who started them."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desk.system import SystemSpawn, tethered
from flow.errors import ToolError

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
PARENT = """
import sys, time
from desk.system import SystemSpawn
spawn = SystemSpawn()
child = spawn([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def gone(pid: int, seconds: float = 5) -> bool:
    """Whether a process is gone, or a corpse, within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_a_killed_parent_takes_its_children_along() -> None:
    """F-01: `kill -9` leaves nothing behind."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, 0)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert gone(child)


def test_a_child_outlives_the_thread_that_asked_for_it() -> None:
    """The kernel watches the thread that forked, so that thread must not be the one that asked."""
    spawn = SystemSpawn()
    children = []
    thread = threading.Thread(target=lambda: children.append(spawn(SLEEPER)))
    thread.start()
    thread.join()
    child = children[0]
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.3)
    child.kill()
    assert child.wait(5) == -signal.SIGKILL
    assert child.stderr is not None
    child.stderr.close()


def test_pipes_and_variables_reach_the_child() -> None:
    out, into = os.pipe()
    code = f"import os, sys; os.write({into}, sys.stdin.buffer.read() + os.environ['GREETING'].encode())"
    child = SystemSpawn()([sys.executable, "-c", code], pass_fds=[into], stdin=True, env={"GREETING": " hall"})
    os.close(into)
    assert child.stdin is not None
    child.stdin.write(b"good day")
    child.stdin.close()
    assert child.wait(10) == 0
    assert os.read(out, 100) == b"good day hall"
    os.close(out)
    assert child.stderr is not None
    child.stderr.close()


def test_a_childs_lines_are_buffered_and_still_come_one_by_one() -> None:
    code = (
        "import sys; sys.stderr.write('first\\nsec'); sys.stderr.flush();"
        "sys.stdin.read(); sys.stderr.write('ond\\n')"
    )
    child = SystemSpawn()([sys.executable, "-c", code], stdin=True)
    assert child.stdin is not None
    assert isinstance(child.stderr, io.BufferedReader)
    with child.stderr as lines:
        assert next(lines) == b"first\n"  # while the child still waits
        child.stdin.close()
        assert list(lines) == [b"second\n"]
    assert child.wait(10) == 0


def test_a_leader_has_a_group_of_its_own() -> None:
    child = SystemSpawn().leader(SLEEPER)
    assert os.getpgid(child.pid) == child.pid != os.getpgid(0)
    os.killpg(child.pid, signal.SIGKILL)
    assert child.wait(5) == -signal.SIGKILL


LEASHING = """
import sys, time
from desk.system import SystemSpawn
SystemSpawn().leashed(["/bin/sh", "-c", f"sleep 60 & echo $! $$ > {sys.argv[1]}; wait"])
time.sleep(60)
"""


def test_what_is_leashed_ends_with_its_children_when_the_parent_is_killed(tmp_path: Path) -> None:
    """F-01."""
    told = tmp_path / "children"
    with subprocess.Popen([sys.executable, "-c", LEASHING, str(told)]) as parent:
        while not told.exists() or not told.read_text().endswith("\n"):
            assert parent.poll() is None
            time.sleep(0.01)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert all(gone(int(pid)) for pid in told.read_text().split())


def test_a_leader_is_told_what_no_environment_may_have() -> None:
    """T-11: one that ends without hearing it harms nobody."""
    spawn, check = SystemSpawn(), "import sys; sys.exit(sys.stdin.read() != 'the word')"
    assert spawn.leader([sys.executable, "-c", check], told=b"the word").wait(10) == 0
    assert spawn.leader([sys.executable, "-c", ""], told=b"-" * 1_000_000).wait(10) == 0


def test_a_program_that_is_not_there_is_a_tool_error() -> None:
    with pytest.raises(ToolError, match="no-such-program"):
        SystemSpawn()(["no-such-program"])
    with pytest.raises(ToolError):
        SystemSpawn()([])


def test_without_setpriv_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolError, match="util-linux"):
        tethered(SLEEPER)


def test_a_program_that_cannot_be_executed_is_a_tool_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", fail)
    with pytest.raises(ToolError, match="cannot be started"):
        SystemSpawn()(SLEEPER)
