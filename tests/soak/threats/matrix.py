"""T-01: calls to us and calls of ours, without a passphrase, with a wrong one and with the right one: 1,000 tries.

Each try is a connection of its own between the product's front, in its cage, and an FFmpeg. What the front hands
on is counted in bytes: none may come without the right passphrase, and some must with it.
"""

import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory

from desk.ffmpeg import find_ffmpeg
from desk.system import SystemSpawn
from ingest.front import Front
from ingest.kinds import feed_of
from tests.faults.clips import Clip, Clips
from tests.faults.relay import free_port
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

EACH = 8
"""Tries of each of the six in a turn."""
TURNS = 21
TOGETHER = 4
NONE, WRONG, RIGHT = "none", "wrong", "right"
LISTEN, CALL = "we listen", "we call"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_PATIENCE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One of them: who calls, what it has, our passphrase and the other side's."""

    way: str
    has: str
    ours: str
    theirs: str
    bits: int

    @property
    def cell(self) -> str:
        """Where it counts."""
        return f"{self.way}, {self.has}"


def tries(chance: random.Random) -> list[Try]:
    """Those of a turn, in any order."""
    found = []
    for way, has, _ in product((LISTEN, CALL), (NONE, WRONG, RIGHT), range(EACH)):
        ours = "".join(chance.choices(_LETTERS, k=chance.randrange(20, 64)))
        far = "".join(chance.choices(_LETTERS, k=len(ours)))
        near = [far, ours[:-1], ours + "a", ours.swapcase(), ours[:-1] + ("a" if ours[-1] != "a" else "b")]
        theirs = {NONE: "", WRONG: chance.choice(near), RIGHT: ours}[has]
        found.append(Try(way=way, has=has, ours=ours, theirs=theirs, bits=chance.choice((16, 32))))
    chance.shuffle(found)
    return found


class Matrix:
    """A film to send, and the product's way to start a front."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._ffmpeg = find_ffmpeg("").path
        self._film = Clips(self._ffmpeg, folder).path(Clip(seconds=6.0))
        self._spawn = SystemSpawn()
        self._seed = seed

    def turn(self, number: int) -> Outcome:
        """Eight of each kind."""
        some = tries(random.Random(f"matrix/{self._seed}/{number}"))
        with ThreadPoolExecutor(TOGETHER) as pool:
            brought = list(pool.map(self.played, some))
        admitted = Counter(one.cell for one, size in zip(some, brought, strict=True) if size)
        counts: dict[str, float] = {"tries": len(some), "wrong admits": 0}
        faults = []
        for way, has in product((LISTEN, CALL), (NONE, WRONG, RIGHT)):
            cell = f"{way}, {has}"
            counts[f"admitted: {cell}"] = admitted[cell]
            if has == RIGHT and admitted[cell] != EACH:
                faults.append(f"{cell}: {EACH - admitted[cell]} of {EACH} were not admitted")
            if has != RIGHT and admitted[cell]:
                counts["wrong admits"] += admitted[cell]
                faults.append(f"{cell}: {admitted[cell]} were admitted")
        return Outcome(counts=counts, faults=tuple(faults))

    def played(self, one: Try) -> int:
        """Bytes that came through, until some did or the two had nothing more to say to each other."""
        port = free_port()
        waits = "&mode=listener" if one.way == LISTEN else ""
        feed = feed_of(f"srt://127.0.0.1:{port}?latency=120&passphrase={one.ours}{waits}")
        front = Front(feed, spawn=self._spawn, ffmpeg=self._ffmpeg)
        other = None if one.way == LISTEN else self._other(one, port)
        _await_port(port, there=other is not None)
        reading = front.start()[0]
        try:
            if other is None:
                _await_port(port, there=True)
                other = self._other(one, port)
            return _brought(reading, other, calls=one.way == LISTEN)
        finally:
            front.stop()
            os.close(reading)
            if other:
                other.kill()
                other.wait()

    def _other(self, one: Try, port: int) -> "subprocess.Popen[bytes]":
        mode = "caller&connect_timeout=1500" if one.way == LISTEN else "listener"
        key = f"&passphrase={one.theirs}&pbkeylen={one.bits}" if one.theirs else ""
        return subprocess.Popen([
            self._ffmpeg, "-nostdin", "-v", "quiet", "-re", "-i", str(self._film), "-c", "copy", "-f", "mpegts",
            f"srt://127.0.0.1:{port}?mode={mode}&latency=120000{key}",
        ])


def _brought(reading: int, other: "subprocess.Popen[bytes]", *, calls: bool) -> int:
    """Bytes of the front's pipe, until the first, its end, or, of a caller, until it has gone in vain."""
    until, gone = time.monotonic() + _PATIENCE, 0.0
    while time.monotonic() < until:
        if select([reading], [], [], 0.05)[0]:
            return len(os.read(reading, 1 << 16))
        if calls and other.poll() is not None:
            gone = gone or time.monotonic() + 0.3
            if time.monotonic() > gone:
                return 0
    return 0


def _await_port(port: int, *, there: bool) -> None:
    """Until somebody has a UDP port; raises AssertionError when nobody takes it."""
    until = time.monotonic() + _PATIENCE
    while there and b":%04X " % port not in Path("/proc/net/udp").read_bytes():
        assert time.monotonic() < until, "nobody listens"
        time.sleep(0.02)


@contextmanager
def trying(wishes: Wishes) -> Iterator[Turn]:
    """A film in a folder of its own."""
    with TemporaryDirectory() as folder:
        yield Matrix(Path(folder), wishes.seed).turn


MATRIX = Row(threat="T-01", name="srt-matrix", turns=TURNS, open=trying)
