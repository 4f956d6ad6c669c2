"""How a child is started in a cage, at each level: its argument list, its environment, what is handed to it."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desk import sight
from desk.bubblewrap import Tools, View, Way, bubblewrap_argv
from desk.core_share import core_share
from desk.seccomp import seccomp_program
from flow.cage import DOOR_PORT, Cage

_BARE = {
    "PATH": "/usr/bin:/bin", "HOME": "/", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
    # Every thread's own reserve would use up the address space on a machine of many cores.
    "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1",
}
"""The whole environment of a caged child but for what it is given: no secret of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fenced:
    """A child to start. `steps` go in front of `argv` in place of the usual first steps, unless they are empty;
    `fds` are for the child alone: whoever starts it closes them here."""

    argv: Sequence[str]
    env: Mapping[str, str]
    steps: Sequence[str] = ()
    fds: Sequence[int] = ()


def free(argv: Sequence[str], env: Mapping[str, str] | None) -> Fenced:
    """A child that may do whatever we may."""
    return Fenced(argv=argv, env={**os.environ, **(env or {})})


def in_bubblewrap(
    tools: Tools, way: Way, program: sight.Program, cage: Cage, env: Mapping[str, str] | None, uid: int | None,
) -> Fenced:
    """A child on a machine of its own. `uid` is who it becomes, None for who we are."""
    wanted = (*sight.ETC, *(sight.NETWORK if cage.network and cage.door is None else ()))
    view = View(links=tuple(sight.links()), wanted=wanted, needed=(*program.paths, *cage.read))
    door = "" if cage.door is None else f"/{cage.door}/{DOOR_PORT}"
    kind = "bare" if way.bare else "users" if way.own_users else "plain"
    refused = _memory(_refused(cage))
    cores = ",".join(map(str, core_share()))
    front = bubblewrap_argv(tools, way, cage, view, uid=uid, tasks=_tasks(cage), seccomp_fd=refused)
    return Fenced(
        argv=[*front, *program.argv], env={**_BARE, **(env or {})},
        steps=_steps("enclose.py", f"{kind}+{cage.nice}+{cores}{door}"),
        fds=[] if refused is None else [refused],
    )


def in_limits(program: sight.Program, cage: Cage, env: Mapping[str, str] | None, uid: int | None) -> Fenced:
    """A child that gives up what a single process can give up."""
    limits = {
        "RLIMIT_AS": cage.memory, "RLIMIT_NOFILE": cage.files, "RLIMIT_FSIZE": cage.written, "RLIMIT_CORE": 0,
    }
    if uid is not None:  # it counts all that a user runs: ours would be counted with the child's
        limits["RLIMIT_NPROC"] = _tasks(cage)
    seen = [*sight.SYSTEM, *sight.ETC, *(sight.NETWORK if cage.network else ()), *program.paths, *cage.read]
    refused = _refused(cage) or b""
    bounds = {
        "uid": uid, "limits": limits, "read": seen, "list": program.listed, "network": cage.network,
        "nice": cage.nice, "cores": core_share(), "seccomp": refused.hex(),
    }
    return Fenced(
        argv=program.argv, env={**_BARE, **(env or {})}, steps=_steps("confine.py", json.dumps(bounds)),
    )


def _refused(cage: Cage) -> bytes | None:
    """The calls that the kernel refuses to it."""
    return seccomp_program(
        platform.machine(), network=cage.network, streams=cage.streams, datagrams=cage.datagrams,
    )


def _steps(file: str, how: str) -> list[str]:
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name(file)), str(os.getpid()), how]


def _tasks(cage: Cage) -> int:
    return cage.tasks + 4 * (os.cpu_count() or 1)


def _memory(content: bytes | None) -> int | None:
    """A nameless file with this content, to be read from its beginning."""
    if content is None:
        return None
    fd = os.memfd_create("seccomp")
    os.write(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
