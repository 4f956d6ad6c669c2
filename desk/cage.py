"""The cages of this machine: which level holds here, and who is put into one (T-06, T-08, T-09)."""

import ctypes
import logging
import os
import platform
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import count
from pathlib import Path
from threading import Lock

from desk import sight
from desk.bubblewrap import Tools, Way
from desk.confine import landlock_version
from desk.fence import Fenced, free, in_bubblewrap, in_limits
from desk.seccomp import seccomp_program
from desk.settings import BEST, OFF, REQUIRE
from desk.stranger import stranger
from flow.cage import Cage
from flow.errors import ToolError

_PATIENCE = 10.0


class Level(StrEnum):
    """How strong a cage is."""

    BUBBLEWRAP = "bubblewrap"
    """A machine of its own: its program, its files, no network, no other process."""
    LIMITS = "limits"
    """Limits, no new rights, and what the kernel can refuse to a single process."""
    OFF = "off"

_log = logging.getLogger(__name__)


class Cages:
    """Puts children into cages. What the machine can do is tried once, when first asked. Safe from any thread.

    `wanted` is `best`, `require` (nothing is started but in bubblewrap) or `off`.
    """

    def __init__(self, wanted: str = BEST) -> None:
        self.wanted = wanted
        self._lock = Lock()
        self._counted = count()
        self._tools: Tools | None = None
        self._way: Way | None = None
        self._why: str | None = None
        self._doors = False

    @property
    def level(self) -> Level:
        """The level that children get here."""
        if self.wanted == OFF:
            return Level.OFF
        return Level.BUBBLEWRAP if self._found() else Level.LIMITS

    @property
    def doors(self) -> bool:
        """Whether a child can have a loopback of its own with a door in it (`Cage.door`)."""
        return self.wanted != OFF and self._found() is not None and self._doors

    @property
    def off(self) -> bool:
        """Whether nothing is put into a cage here."""
        return self.wanted == OFF

    @property
    def why(self) -> str:
        """What keeps bubblewrap from being used; empty when nothing does."""
        self._found()
        return self._why or ""

    def fence(self, argv: Sequence[str], cage: Cage, env: Mapping[str, str] | None = None) -> Fenced:
        """How to start `argv` in `cage`; `env` is all that its environment holds besides a search path.

        Raises ToolError when there is no such program, or no bubblewrap where it is required.
        """
        if self.wanted == OFF:
            return free(argv, env)
        program = sight.program_of(argv)
        needed = (*program.paths, *cage.read)
        if found := self._found():
            tools, way = found
            uid = None if way.own_users else self._stranger(needed, alone=False)
            return in_bubblewrap(tools, way, program, cage, env, uid)
        if self.wanted == REQUIRE:
            tool, detail = "bubblewrap", "the setting cage = require starts no decoder without it"
            raise ToolError(tool, f"{self.why}, and {detail}; apt install bubblewrap")
        return in_limits(program, cage, env, self._stranger(needed, alone=True))

    def _stranger(self, paths: Sequence[str], *, alone: bool) -> int | None:
        """Somebody who owns nothing, when we are root and they can read all that is needed."""
        if os.geteuid() != 0 or not all(sight.open_to_all(path, alone=alone) for path in paths):
            return None
        return stranger(os.getpid(), next(self._counted), Path("/proc/self/uid_map").read_text("ascii"))

    def _found(self) -> tuple[Tools, Way] | None:
        with self._lock:
            if self._why is None:
                self._find()
                self._warn()
        return (self._tools, self._way) if self._tools and self._way else None

    def _warn(self) -> None:
        """The weaker cage is told once, where somebody may look."""
        if self._why and self.wanted == BEST:
            _log.warning("decoders run with limits alone, without bubblewrap: %s", self._why)

    def _find(self) -> None:
        paths = {name: shutil.which(name) for name in ("bwrap", "setpriv", "prlimit")}
        if missing := [name for name, path in paths.items() if path is None]:
            self._why = f"{missing[0]} is not installed"
            return
        self._tools = Tools(**{name: path for name, path in paths.items() if path})
        # The last is for a service whose /proc is covered in places: the kernel refuses a whole one behind it.
        users = (Way(own_users=True, sealed=True), Way(own_users=True), Way(own_users=True, bare=True))
        for way in (Way(own_users=False), *users):
            if way.own_users or os.geteuid() == 0:
                self._why = self._trial(self._tools, way, Cage())
                if not self._why:
                    self._way = way
                    self._doors = self._door_opens(self._tools, way)
                    return

    def _door_opens(self, tools: Tools, way: Way) -> bool:
        """Whether a child can have a loopback of its own, and hand a listener out of it."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            cage = Cage(network=True, door=theirs.fileno())
            if self._trial(tools, way, cage, door=theirs.fileno()):
                return False
            theirs.close()
            _, found, _, _ = socket.recv_fds(ours, 16, 1)
        for fd in found:
            os.close(fd)
        return bool(found)

    def _trial(self, tools: Tools, way: Way, cage: Cage, door: int | None = None) -> str:
        """Why this way cannot be gone here; empty when it can."""
        uid = None if way.own_users else self._stranger((), alone=False)
        fenced = in_bubblewrap(tools, way, sight.program_of(["true"]), cage, None, uid)
        handed = fenced.fds if door is None else (*fenced.fds, door)
        try:
            done = subprocess.run(
                [*fenced.steps, *fenced.argv], env=fenced.env, pass_fds=handed, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"it does not run here ({error})"
        finally:
            for fd in fenced.fds:
                os.close(fd)
        if done.returncode == 0:
            return ""
        words = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        return f"it does not run here ({words[-1]})"


def kernel_refuses() -> tuple[bool, bool]:
    """Whether this kernel keeps a process from files that are not named, and from calls that it does not need."""
    known = seccomp_program(platform.machine(), network=False) is not None
    filters = Path("/proc/sys/kernel/seccomp/actions_avail").exists()
    return landlock_version(ctypes.CDLL(None, use_errno=True)) > 0, known and filters
