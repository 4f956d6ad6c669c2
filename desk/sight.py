"""What a caged program needs to see of this machine besides the files that its cage names."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flow.errors import ToolError

ROOMS = ("flow", "ingest", "transcode", "packager", "origin", "player", "desk")
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
ETC = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")
"""The linker's table, Debian's links to shared libraries, the time zone. No names of users, no keys."""
NETWORK = ("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl/certs", "/usr/share/ca-certificates")
"""What looking up a host's name and trusting its certificate takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program as it runs in a cage: its argument list, and the files and folders that belong to it. `listed` are
    folders in which it looks for them: their names are seen, not what else they hold."""

    argv: tuple[str, ...]
    paths: tuple[str, ...]
    listed: tuple[str, ...] = ()


def program_of(argv: Sequence[str]) -> Program:
    """The program that `argv` names, by its real path; raises ToolError when there is none.

    Of a Python child of ours the interpreter, its environment and our rooms belong to it, not what else lies in
    the checkout. Of any other program its own file, and `lib` beside its `bin`: never its whole folder, which may
    be somebody's home.
    """
    found = shutil.which(argv[0]) if argv else None
    if found is None:
        raise ToolError(argv[0] if argv else "no program", "there is no such program")
    if found == sys.executable:
        home = Path(__file__).resolve().parents[1]
        rooms = (str(home / room) for room in ROOMS)
        paths = _once([sys.prefix, sys.base_prefix, *rooms])
        return Program(argv=(found, *argv[1:]), paths=paths, listed=(str(home),))
    real = Path(found).resolve()
    libraries = real.parent.parent / "lib"
    beside = [str(libraries)] if real.parent.name == "bin" and libraries.is_dir() else []
    return Program(argv=(str(real), *argv[1:]), paths=_once([str(real), *beside]))


def _once(paths: Sequence[str]) -> tuple[str, ...]:
    """Without what lies in a folder of the system or in another of `paths`."""
    covers = [*SYSTEM, *paths]
    return tuple(
        path for path in dict.fromkeys(paths)
        if path not in SYSTEM and not any(path != cover and Path(path).is_relative_to(cover) for cover in covers)
    )


def open_to_all(path: str, *, alone: bool) -> bool:
    """Whether any user may read `path`; `alone` says that the folders above it count too."""
    own = stat.S_IROTH | stat.S_IXOTH if Path(path).is_dir() else stat.S_IROTH
    try:
        if not _allows(path, own):
            return False
        return not alone or all(_allows(str(folder), stat.S_IXOTH) for folder in Path(path).parents)
    except OSError:
        return False


def _allows(path: str, bits: int) -> bool:
    return Path(path).stat().st_mode & bits == bits


def links(folders: Sequence[str] = SYSTEM) -> Iterator[tuple[str, str]]:
    """Those of the system's folders that exist, each with where it leads when it is a link, else empty."""
    for folder in folders:
        if Path(folder).is_symlink():
            yield folder, os.readlink(folder)  # noqa: PTH115 - as it is written, not resolved
        elif Path(folder).is_dir():
            yield folder, ""
