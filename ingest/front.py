"""A carrier that is an FFmpeg of its own: it has the network, opens an SRT or RTSP address, and only copies.

The address reaches it by standard input, so that no secret stands in an argument list (T-11). Whom it calls is
decided here: it is given the checked IP address, and asks no DNS itself (T-04).
"""

import asyncio
import os
import re
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from urllib.parse import urlsplit

from flow.feed import Feed, FeedKind
from flow.process import Process, Spawn
from ingest.bounds import front_cage
from ingest.carrier import TOGETHER, Carried
from ingest.command import front_argv
from ingest.exposure import encrypted, listens
from ingest.facts import Facts
from ingest.front_script import script_of
from ingest.pipes import wide_pipe
from ingest.reach.destination import destination
from ingest.reach.gate import Lookup, system_lookup
from ingest.reach.reach import Reach
from ingest.reasons import names_fault, reason, unanswered
from ingest.srt.refusal import refusal_of

_LAST_WORDS_S = 0.5
_LAST_LINES = 20
_LONGEST_LINE = 8_192
"""Bytes: whoever writes without an end of line fills no memory (T-09)."""
_SIZE = re.compile(r"total_size=(\d+)")
_DAMAGED = re.compile(r"Packet corrupt|corrupt input packet|RTP: missed (\d+)")
_NOT_OPENED = "Impossible to open"
"""What FFmpeg says when it gives up on the address, a moment before it ends: what reads it may end sooner."""
_UNREAD = "Broken pipe"
"""It ended because its decoder had: the reason is the decoder's to say."""
_PROGRESS = re.compile(r"[a-z0-9_]+=\s*\S*")


class Front:
    """One connection: it ends when the sender leaves, or never answers. `reach` says whom it may call."""

    apart = TOGETHER
    framed = False

    def __init__(
        self, feed: Feed, *, spawn: Spawn, ffmpeg: str, reach: Reach | None = None, lookup: Lookup = system_lookup,
        door: socket.socket | None = None, refused: Callable[[str], None] = lambda _why: None,
    ) -> None:
        """`door`: see `Cage.door`; it is closed here once the child has it. `refused` hears why a caller of an SRT
        listener was refused, in a word of the events' catalogue, from a thread of its own."""
        self._refused = refused
        self._feed = feed
        self._door = door
        self._reach = reach or Reach()
        self._lookup = lookup
        self._spawn = spawn
        self._ffmpeg = ffmpeg
        self._process: Process | None = None
        self._serving: Thread | None = None
        self._lock = Lock()
        self._stopped = False
        self._facts = Facts()
        self._words: deque[str] = deque(maxlen=_LAST_LINES)
        self._carried = Carried()

    def start(self) -> list[int]:
        """As `Carrier` says; raises ToolError when FFmpeg cannot be started."""
        script = script_of(self._feed, self._called())
        reading, writing = wide_pipe()
        door = self._door.fileno() if self._door else None
        try:
            process = self._spawn(
                front_argv(self._ffmpeg, self._feed, writing), stdin=True, cage=front_cage(self._feed, door),
                pass_fds=[writing] if door is None else [writing, door],
            )
        except BaseException:
            os.close(reading)
            raise
        finally:
            os.close(writing)
            if self._door:
                self._door.close()
        with self._lock:
            self._process = process
            if self._stopped:
                process.kill()
            self._serving = Thread(target=self._serve, args=(process, script), name="front", daemon=True)
            self._serving.start()
        return [reading]

    def stop(self) -> None:
        """As `Carrier` says."""
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()

    @property
    def trouble(self) -> str:
        """As `Carrier` says."""
        self._hear_out()
        with self._lock:
            words = list(self._words)
            if self._stopped or self._process is None or any(_UNREAD in word for word in words):
                return ""
            if self._process.poll() is None and not any(_NOT_OPENED in word for word in words):
                return ""
            why = reason(words, self._facts, self._carried.bytes)
        # Whoever has sent something knows the passphrase.
        return unanswered(why) if encrypted(self._feed) and not self._carried.bytes else why

    def _hear_out(self) -> None:
        """Of one that has ended the last words, which are the reason, may still be on their way."""
        with self._lock:
            process, serving = self._process, self._serving
        if process is not None and serving is not None and process.poll() is not None:
            serving.join(_LAST_WORDS_S)

    @property
    def facts(self) -> Facts:
        """What it said of the streams that come in, those included that it does not hand on."""
        with self._lock:
            return self._facts

    @property
    def carried(self) -> Carried:
        """As `Carrier` says; packets count as lost where a hole or an error was seen in them."""
        return self._carried

    def _called(self) -> str | None:
        """The IP address of the SRT listener that is called; None for what calls us, and for our own relay."""
        if self._feed.kind is not FeedKind.SRT or listens(self._feed):
            return None
        parts = urlsplit(self._feed.address)
        found = destination(parts.hostname or "", parts.port or 0, self._reach, lookup=self._lookup)
        return asyncio.run(found).ips[0]

    def _serve(self, process: Process, script: str) -> None:
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.write(script.encode())
            process.stdin.close()
        if process.stderr is not None:
            while raw := process.stderr.readline(_LONGEST_LINE):
                self._hear(raw.decode("utf-8", "replace").strip())
            process.stderr.close()
        process.wait()

    def _hear(self, line: str) -> None:
        """One line: progress, a fault, or what may later be the reason of the end. None is logged."""
        if found := _SIZE.fullmatch(line):
            self._carried = Carried(bytes=int(found[1]), lost=self._carried.lost)
        elif found := _DAMAGED.search(line):
            count = int(found[1] or 1)
            self._carried = Carried(bytes=self._carried.bytes, lost=self._carried.lost + count)
        elif why := refusal_of(line, keyed=encrypted(self._feed)):  # it is another caller's, and ends nothing here
            self._refused(why)
        elif not _PROGRESS.fullmatch(line):
            with self._lock:
                self._facts = self._facts.with_line(line)
                if names_fault(line):
                    self._words.append(line)
