"""The argument list of bubblewrap for one cage: a machine that holds the program, its files and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from flow.cage import Cage

SCRATCH = 16 * 2**20
"""Bytes of the `/tmp` that a caged program has for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Where bubblewrap and two tools of util-linux are."""

    bwrap: str
    setpriv: str
    prlimit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the new machine is made. `own_users`: in a user namespace, which any user may make where the kernel lets
    them; `sealed`: and none can be made inside (bubblewrap 0.8). Root needs neither, and then becomes somebody who
    owns nothing. `bare`: without what a service in a tight sandbox cannot make, which is a `/proc`, a name and a
    tree of control groups of its own."""

    own_users: bool
    sealed: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is seen inside, read-only, under the same names. `links` are the system's folders, each with where it
    leads or empty; `wanted` are shown where they exist; `needed` must."""

    links: Sequence[tuple[str, str]]
    wanted: Sequence[str]
    needed: Sequence[str]


def bubblewrap_argv(
    tools: Tools, way: Way, cage: Cage, view: View, *, uid: int | None, tasks: int, seccomp_fd: int | None,
) -> list[str]:
    """What to put in front of a program's argument list.

    The limits are set inside: tasks are counted for each user namespace. `uid` is who the program becomes, None
    for who it is; only a way without a user namespace of its own can change it. The program's death is told as
    128 + signal.
    """
    return [
        tools.bwrap, *_namespaces(way, cage), *_sight(view, bare=way.bare),
        *(["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"] if uid else []),
        *(["--seccomp", str(seccomp_fd)] if seccomp_fd is not None else []),
        "--", *_identity(tools, uid), *limits(tools.prlimit, cage, tasks),
    ]


def _namespaces(way: Way, cage: Cage) -> list[str]:
    words = ["--unshare-ipc", "--unshare-pid"]
    if not way.bare:
        words += ["--unshare-uts", "--unshare-cgroup-try", "--hostname", "cage"]
    if not cage.network:  # with a door it is the guard's, which is a loopback and nothing else
        words.append("--unshare-net")
    if way.own_users:
        words.append("--unshare-user")
    if way.sealed:
        words.append("--disable-userns")
    return [*words, "--die-with-parent", "--new-session", "--cap-drop", "ALL"]


def _sight(view: View, *, bare: bool) -> list[str]:
    words: list[str] = []
    for folder, target in view.links:
        words += ["--symlink", target, folder] if target else ["--ro-bind", folder, folder]
    words += [] if bare else ["--proc", "/proc"]
    words += ["--dev", "/dev", "--perms", "1777", "--size", str(SCRATCH), "--tmpfs", "/tmp"]  # noqa: S108 - its own
    for folder in _above(view):  # bubblewrap would make them for the first user alone
        words += ["--perms", "0755", "--dir", folder]
    for path in view.wanted:
        words += ["--ro-bind-try", path, path]
    for path in view.needed:  # after /tmp: a file may lie in the host's
        words += ["--ro-bind", path, path]
    return [*words, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]


def _above(view: View) -> list[str]:
    """The folders that lead to what is shown, outermost first, but for those that are shown themselves."""
    shown = [*(folder for folder, _ in view.links), *view.needed, *view.wanted]
    above = {
        folder for path in (*view.wanted, *view.needed) for folder in PurePosixPath(path).parents
        if not any(folder.is_relative_to(other) for other in shown)
    }
    ready = {PurePosixPath("/"), PurePosixPath("/tmp")}  # noqa: S108 - its own
    return [str(folder) for folder in sorted(above - ready, key=lambda folder: len(folder.parts))]


def _identity(tools: Tools, uid: int | None) -> list[str]:
    if uid is None:
        return []
    who = [f"--reuid={uid}", f"--regid={uid}", "--clear-groups"]
    return [tools.setpriv, *who, "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--"]


def limits(prlimit: str, cage: Cage, tasks: int) -> list[str]:
    """The program's limits, as prlimit(1) sets them before it becomes the program."""
    return [
        prlimit, f"--as={cage.memory}", f"--nofile={cage.files}", f"--fsize={cage.written}", f"--nproc={tasks}",
        "--core=0", "--",
    ]
