"""What a child and its children have computed."""

import os
import subprocess
import sys
from pathlib import Path

from ingest.family import used_ns
from tests.ingest.spawning import until


def process(proc: Path, pid: int, parent: int, user: int, system: int) -> None:
    (proc / str(pid)).mkdir()
    behind = ["S", str(parent), *["0"] * 9, str(user), str(system), "0"]
    (proc / str(pid) / "stat").write_text(f"{pid} (a ) name) {' '.join(behind)}", "utf-8")


def test_a_family_is_counted_down_to_its_youngest_and_nobody_else(tmp_path: Path) -> None:
    for pid, parent, user, system in ((10, 1, 1, 2), (11, 10, 10, 20), (12, 11, 100, 200), (13, 1, 9_999, 9_999)):
        process(tmp_path, pid, parent, user, system)
    (tmp_path / "14").mkdir()
    (tmp_path / "self").mkdir()
    assert used_ns(10, tmp_path) == 333 * 1_000_000_000 // os.sysconf("SC_CLK_TCK")
    assert used_ns(99, tmp_path) == 0


def test_a_real_child_of_a_child_is_counted() -> None:
    loop = f"{sys.executable} -S -c 'while True: pass'; true"
    with subprocess.Popen(["/bin/sh", "-c", loop], start_new_session=True) as shell:
        try:
            until(lambda: used_ns(shell.pid) > 100_000_000)
        finally:
            os.killpg(shell.pid, 9)
