"""Whether the cage of this machine holds: a program that tries to get out is put into it, and counted (T-08)."""

import json
import logging
import os
import socket
import sys
import tempfile
from pathlib import Path
from threading import Timer

from desk.system import SystemSpawn
from flow.cage import Cage, CageTrial
from flow.errors import ToolError

_PATIENCE = 10.0
_PROBE = str(Path(__file__).with_name("cage_probe.py"))

_log = logging.getLogger(__name__)


def cage_trial(spawn: SystemSpawn) -> CageTrial:
    """The level in force, what was tried in it, and what came through. It blocks for a fraction of a second.

    A program that could not even be started tried nothing.
    """
    if spawn.cages.off:
        return CageTrial(level=spawn.cages.level)
    try:
        told = _told(spawn)
    except (ToolError, OSError, ValueError) as error:
        _log.warning("the cage could not be tried: %s", error)
        told = {}
    open_ones = tuple(name for name, refused in told.items() if not refused)
    if open_ones:
        _log.error("the cage lets a decoder %s", ", ".join(open_ones))
    return CageTrial(
        level=spawn.cages.level, tried=len(told), refused=len(told) - len(open_ones), open=open_ones,
    )


def _told(spawn: SystemSpawn) -> dict[str, bool]:
    """Each attempt, and whether it was refused."""
    with tempfile.TemporaryDirectory(prefix="xacast-") as folder, socket.create_server(("127.0.0.1", 0)) as door:
        Path(folder).chmod(0o777)  # so that it is the cage that refuses, not who owns the folder
        Path(folder, "secret").write_text("a secret", "utf-8")
        targets = {
            "file": f"{folder}/secret", "folder": folder, "port": door.getsockname()[1], "pid": os.getpid(),
            "words": Path("/proc/self/cmdline").read_bytes().hex(),
        }
        found = json.loads(_answer(spawn, json.dumps(targets)))
    return {str(name): bool(refused) for name, refused in found.items()}


def _answer(spawn: SystemSpawn, targets: str) -> bytes:
    end, into = os.pipe()
    with os.fdopen(end, "rb") as answers:
        try:
            words = [sys.executable, "-I", "-S", _PROBE, str(into), targets]
            child = spawn(words, cage=Cage(read=(_PROBE,)), pass_fds=[into])
        finally:
            os.close(into)
        late = Timer(_PATIENCE, child.kill)
        late.start()
        try:
            return answers.read()
        finally:
            late.cancel()
            child.kill()
            child.wait()
            if child.stderr is not None:
                child.stderr.close()
