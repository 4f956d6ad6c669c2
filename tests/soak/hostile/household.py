"""The processes of a running machine that may not die, what they weigh, and what they have open."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bench.processor import family
from tests.soak import victims
from tests.soak.hostile.verdict import Weight

DOOR = "desk.rtmp_door_main"
_WRITING = os.O_WRONLY | os.O_RDWR
_TRACEBACK = " | Traceback"
_NO_FILES = ("/dev/", "/proc/", "pipe:", "socket:", "anon_inode:", "/memfd:")


def household(supervisor: int, workers: Mapping[str, int]) -> dict[str, int]:
    """Supervisor, headend, door, and each channel's worker and encoder, as far as they live."""
    found = {"supervisor": supervisor}
    for pid in sorted(family(supervisor)):
        words = _words(pid)
        if DOOR in words:
            found["door"] = pid
        elif victims.role(words) == "headend":
            found["headend"] = pid
    for channel, worker in workers.items():
        found[f"worker of {channel}"] = worker
        encoders = (pid for pid in sorted(family(worker)) if victims.role(_words(pid)) == "encoder")
        found[f"encoder of {channel}"] = next(encoders, 0)
    return found


def weights(house: Mapping[str, int]) -> dict[str, Weight]:
    """What each of them takes now; those that have gone are left out."""
    found = {}
    for role, pid in house.items():
        with suppress(OSError):
            status = dict(
                line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
            )
            files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
            found[role] = Weight(
                memory=int(status["VmRSS"].split()[0]), threads=int(status["Threads"]), files=files,
            )
    return found


def tracebacks(log: Path) -> frozenset[str]:
    """The errors that nobody foresaw, as far as the logs in a folder have them: each is one line."""
    return frozenset(
        f"{path.name}: {line.rpartition(_TRACEBACK)[0]}" for path in log.glob("*.log")
        for line in path.read_text("utf-8", "replace").splitlines() if _TRACEBACK in line
    )


def written(supervisor: int, allowed: Path) -> list[str]:
    """Files outside the `allowed` folder that a process of the machine has open for writing."""
    found = []
    for pid in sorted(family(supervisor)):
        found += [
            f"process {pid} writes to {path}" for path in _open_for_writing(pid)
            if not path.startswith((f"{allowed}/", *_NO_FILES))
        ]
    return found


def _open_for_writing(pid: int) -> Iterator[str]:
    """Paths behind its descriptors; those of its own standard streams are whoever's who started it."""
    with suppress(OSError):
        for one in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                information = Path(f"/proc/{pid}/fdinfo/{one.name}").read_text("utf-8").splitlines()
                flags = next(int(line.split()[1], 8) for line in information if line.startswith("flags:"))
                if flags & _WRITING and int(one.name) > 2:
                    yield str(one.readlink())


def _words(pid: int) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    return []
