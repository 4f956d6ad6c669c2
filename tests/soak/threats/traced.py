"""T-05: films with hostile names, looked at by a real FFmpeg under strace.

It opens that film, no other file of its folder, and no socket.
"""

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from desk.ffmpeg import find_ffmpeg
from flow.feed import Feed, FeedKind
from ingest.command import look_argv
from tests.faults.clips import Clip, Clips
from tests.soak.threats.row import Outcome, Row, Turn, Wishes
from tests.soak.threats.strings import hostile

NAMES, TURNS = 50, 10
_LONGEST = 200
_OPENED = re.compile(rb'(?:open|openat|openat2|creat)\((?:[^"]*)"((?:\\x[0-9a-f]{2})*)"')
_CALLED = re.compile(rb"\b(socket|connect|execve)\(")


def name(chance: random.Random) -> str:
    """One that a file may have, and that an operator's words may hold."""
    text = "".join(one for one in hostile(chance) if one != "/" and ord(one) >= 32)
    text = text.encode()[:_LONGEST].decode("utf-8", "ignore")
    return text if text.strip(". ") else f"-{text}x"


def opened(trace: bytes) -> list[str]:
    """Paths that were opened, or tried, as strace writes them with `-xx`."""
    found = _OPENED.findall(trace)
    return [bytes.fromhex(one.replace(b"\\x", b"").decode()).decode("utf-8", "replace") for one in found]


def called(trace: bytes) -> list[str]:
    """Sockets and programs; the first program is FFmpeg itself."""
    return [one.decode() for one in _CALLED.findall(trace)][1:]


class Tracing:
    """A folder with a canary, and one film at a time beside it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._seed, self._ffmpeg = seed, find_ffmpeg("").path
        self._body = Clips(self._ffmpeg, folder).path(Clip(seconds=1.0)).read_bytes()
        self._films, self._trace = folder / "films", folder / "trace"
        self._films.mkdir()
        (self._films / "canary").write_bytes(self._body)

    def turn(self, number: int) -> Outcome:
        """So many names."""
        chance = random.Random(f"traced/{self._seed}/{number}")
        films, faults = 0, list[str]()
        for _ in range(NAMES):
            path = self._films / name(chance)
            path.write_bytes(self._body)
            trace = self._traced(path)
            path.unlink()
            inside = {one for one in opened(trace) if one.startswith(str(self._films))}
            films += inside == {str(path)}
            if inside != {str(path)}:
                faults.append(f"{path.name!r}: {sorted(inside)} were opened")
            if more := called(trace):
                faults.append(f"{path.name!r}: {more}")
        return Outcome(counts={"names": NAMES, "opened that film alone": films}, faults=tuple(faults))

    def _traced(self, path: Path) -> bytes:
        argv = look_argv(self._ffmpeg, Feed(address=str(path), kind=FeedKind.FILE, shown=""))
        calls = "trace=open,openat,openat2,creat,socket,connect,execve"
        words = ["strace", "-f", "-qq", "-xx", "-s", "4096", "-e", calls, "-o", str(self._trace), *argv]
        subprocess.run(words, cwd=self._films, stderr=subprocess.DEVNULL, timeout=60, check=False)
        return self._trace.read_bytes()


@contextmanager
def tracing(wishes: Wishes) -> Iterator[Turn]:
    """Needs strace."""
    if not shutil.which("strace"):
        yield lambda _: Outcome(faults=("there is no strace; apt install strace",))
        return
    with TemporaryDirectory() as folder:
        yield Tracing(Path(folder), wishes.seed).turn


TRACED = Row(threat="T-05", name="strings-traced", turns=TURNS, open=tracing)
