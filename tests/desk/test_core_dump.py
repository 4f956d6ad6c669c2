"""No image of a process that holds keys is written to a disk."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

PRINTED = "print(__import__('resource').getrlimit(__import__('resource').RLIMIT_CORE), flush=True)"
COMMAND = f"import desk.cli, desk.entry; desk.cli.main = lambda: {PRINTED}; desk.entry.main()"
LIFE = f"""
import sys
from pathlib import Path
import desk.process, desk.settings
async def life(_): {PRINTED}
desk.process.live("x", desk.settings.Settings(data=Path(sys.argv[1])), life)
"""
CHILD = f"""
import subprocess, sys
from desk.core_dump import no_core_dumps
no_core_dumps()
subprocess.run([sys.executable, "-c", {PRINTED!r}])
"""


@pytest.mark.parametrize("code", [COMMAND, LIFE, CHILD], ids=["a command", "a long-lived process", "a child"])
def test_no_process_of_ours_and_none_that_it_starts_may_dump_its_memory(code: str, tmp_path: Path) -> None:
    """T-11: soft and hard, whatever the shell or service that began it allows."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
    )
    assert done.stdout.splitlines()[-1] == "(0, 0)"
