"""The probe itself: outside of a cage it comes through everywhere, so that its refusals say something."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from desk import cage_probe


def test_outside_of_a_cage_every_attempt_comes_through(tmp_path: Path) -> None:
    """T-08."""
    (tmp_path / "secret").write_text("a secret", "utf-8")
    end, into = os.pipe()
    with socket.create_server(("127.0.0.1", 0)) as door, os.fdopen(end, "rb") as answers:
        targets = {
            "file": str(tmp_path / "secret"), "folder": str(tmp_path), "port": door.getsockname()[1],
            "pid": os.getpid(), "words": Path("/proc/self/cmdline").read_bytes().hex(),
        }
        words = [sys.executable, "-I", "-S", str(cage_probe.__file__), str(into), json.dumps(targets)]
        subprocess.run(words, pass_fds=[into], check=True)
        os.close(into)
        told = json.loads(answers.read())
    assert len(told) == 5
    assert not any(told.values()), told
