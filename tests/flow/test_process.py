"""What counts as a process, and as a way to start one."""

import sys

from desk.system import SystemSpawn
from flow.process import Process, Spawn


def test_the_machines_way_to_start_children_is_one() -> None:
    spawn: Spawn = SystemSpawn()
    child: Process = spawn([sys.executable, "-c", "raise SystemExit(3)"])
    assert child.wait(10) == 3
    assert child.poll() == 3
    assert child.stdin is None
    assert child.stderr is not None
    child.stderr.close()
