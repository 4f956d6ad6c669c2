"""A whole xacast under test: `xacast up` on free ports, one channel from the test card, and who runs below it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from desk.machine_key import headers_with, key_for_reading
from tests.conformance.playlist import Playlist, read_text

T = TypeVar("T")

XACAST = str(Path(sys.executable).parent / "xacast")
ROLES = {
    "encoder": "libx264", "decoder": "ingest.testcard.main", "worker": "desk.worker_main",
    "headend": "desk.headend_main",
}


GUARDS = frozenset({"tether.py", "confine.py", "enclose.py", "bwrap"})
"""What stands before a program until it becomes it, or around it for as long as it lives."""


class Line:
    """One machine. `listed` remembers which address each number had, so that none is ever used twice."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.env = {
            **os.environ, "XACAST_DATA": str(data), "XACAST_LOG": "info",
            **{f"XACAST_{name}": "127.0.0.1:0" for name in ("VIEWERS", "OPERATORS", "MACHINES", "RTMP")},
        }
        self.listed: dict[int, str] = {}
        self._known: set[tuple[int, str]] = set()
        self.supervisor: subprocess.Popen[bytes] | None = None

    def up(self, stderr: IO[bytes] | None = None) -> None:
        """Start the supervisor and wait until its headend listens. `stderr` gets what its terminal would show."""
        ports = self.data / "run" / "ports.json"
        ports.unlink(missing_ok=True)
        self.supervisor = subprocess.Popen([XACAST, "up"], env=self.env, stdout=subprocess.DEVNULL, stderr=stderr)
        try:
            until(ports.exists, 15, "the headend did not come up")
        except AssertionError:
            self.supervisor.kill()  # and with it all that it started (tests/desk/test_line.py)
            self.supervisor.wait()
            raise

    def xacast(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """One command against this machine."""
        words = [XACAST, *words]
        return subprocess.run(words, env=self.env, capture_output=True, text=True, timeout=60, check=False)

    def ask(self, listener: str, path: str) -> str:
        """One GET of text."""
        return self.fetch(listener, path).decode()

    def fetch(self, listener: str, path: str) -> bytes:
        """One GET; an operators' one as who runs the machine."""
        at = json.loads((self.data / "run" / "ports.json").read_text())[listener]
        headers = headers_with(key_for_reading(self.data)) if listener == "operators" else {}
        asked = urllib.request.Request(f"http://{at}{path}", headers=headers)
        with urllib.request.urlopen(asked, timeout=5) as answer:
            body: bytes = answer.read()
        return body

    def report(self, channel: str = "demo") -> dict[str, Any]:
        """The channel's report."""
        found: dict[str, Any] = json.loads(self.ask("operators", f"/api/v1/channels/{channel}"))
        return found

    def playlist(self) -> Playlist:
        """The picture's playlist as it is now; an address that changed under its number is an error."""
        listing = read_text(self.ask("viewers", "/live/demo/v240/index.m3u8"))
        for segment in listing.segments:
            known = self.listed.setdefault(segment.msn, segment.uri)
            assert known == segment.uri, f"number {segment.msn} was {known} and is {segment.uri}"
        return listing

    def await_segments(self, count: int, limit: float) -> Playlist:
        """The playlist once it has so many more whole segments that are no gap."""
        have = self._media()
        return until(lambda: self._grown(have + count), limit, f"no {count} new segments in {limit} s")

    def await_parts_after(self, msn: int, limit: float) -> Playlist:
        """The playlist once it lists media of a later segment than `msn`."""
        return until(lambda: self._beyond(msn), limit, f"nothing after {msn} in {limit} s")

    def _media(self) -> int:
        return max(segment.msn for segment in self.playlist().segments if not segment.gap)

    def _grown(self, msn: int) -> Playlist | None:
        listing = self._quietly()
        return listing if listing and any(s.msn >= msn and not s.gap for s in listing.segments) else None

    def _beyond(self, msn: int) -> Playlist | None:
        listing = self._quietly()
        if listing and any(segment.msn > msn and not part.gap for segment, _, part in listing.parts):
            return listing
        return None

    def _quietly(self) -> Playlist | None:
        with contextlib.suppress(OSError):  # the headend is away
            return self.playlist()
        return None

    def processes(self) -> dict[int, list[str]]:
        """Every living process of this machine: with its data directory in the environment, or begun by one that
        had it. A caged one has no such environment; it is known from the first look on, whoever its parent is."""
        mark = f"XACAST_DATA={self.data}".encode()
        parents, marked, words = {}, set(), {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if not entry.name.isdigit():
                    continue
                one = int(entry.name), _begun(entry)
                words[one] = (entry / "cmdline").read_bytes().decode().split("\0")
                parents[one] = _parent(entry)
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    marked.add(one)
        self._known = {one for one in self._known if one in words} | marked
        while young := {one for one in words if parents[one] in {pid for pid, _ in self._known}} - self._known:
            self._known |= young
        return {one[0]: words[one] for one in self._known if words[one] != [""]}

    def pid(self, role: str) -> int:
        """The process that plays a role; waits until it has become itself."""
        def find() -> int | None:
            for pid, words in self.processes().items():
                plain = not any(Path(word).name in GUARDS for word in words)
                if plain and any(ROLES[role] in word for word in words):
                    return pid
            return None

        return until(find, 10, f"there is no {role}")

    def kill(self, role: str) -> None:
        """`kill -9` of one process."""
        os.kill(self.pid(role), signal.SIGKILL)

    def down(self) -> None:
        """Whatever still runs ends."""
        if self.supervisor is not None and self.supervisor.poll() is None:
            self.supervisor.kill()
            self.supervisor.wait()


def until(find: Callable[[], T | None], limit: float, sentence: str) -> T:
    """What `find` finds within so many seconds."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        found = find()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(sentence)


def _begun(entry: Path) -> str:
    """When a process began: with its number, what tells it from any later one."""
    return _stat(entry)[19]


def _parent(entry: Path) -> int:
    return int(_stat(entry)[1])


def _stat(entry: Path) -> list[str]:
    """From the state on: a name may have spaces and brackets in it."""
    return (entry / "stat").read_text().rpartition(")")[2].split()
