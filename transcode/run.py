"""One life of the encoder process, from its boundary on the grid to its end."""

import logging
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from subprocess import TimeoutExpired
from threading import Event, Lock, Thread
from typing import IO

from flow.channel import Channel
from flow.chunk import Chunk, Packet
from flow.clock import Clock
from flow.doors import PacketSink
from flow.encoder_kind import EncoderKind
from flow.errors import MediaError
from flow.ids import RenditionId
from flow.process import Process, Spawn
from flow.tick import Picture, Tick
from flow.timebase import GOP, TICK
from transcode.backlog import Backlog, Taken
from transcode.caption_line import CaptionLine
from transcode.chunker import Chunker
from transcode.command import encoder_argv
from transcode.patience import is_hung
from transcode.pipes import Pipes

_READ = 1 << 18
_LOOK = 0.25  # seconds between two looks at whether the encoder hangs; its death is noticed at once
_LAST_BREATH = 0.5  # seconds that an encoder which closed a pipe gets to end with a status of its own
_PARTING = 2.0  # seconds that a killed process and each thread get to be gone
_LAST_LINES = 20
_LONGEST_LINE = 4096

_log = logging.getLogger(__name__)


class Run:
    """Takes ticks from `start` on, gives packets, and ends once, for one reason."""

    def __init__(
        self, *, channel: Channel, clock: Clock, sink: PacketSink, number: int, start: int,
        kind: EncoderKind = EncoderKind.X264,
    ) -> None:
        self.kind = kind
        self.number = number
        self.start = start
        self.backlog = Backlog(start // TICK, len(channel.tracks))
        self.delivered = False
        self._channel = channel
        self._clock = clock
        self._sink = sink
        self._over = Event()
        self._why: str | None = None
        self._lock = Lock()
        self._progress = dict.fromkeys(channel.encoded, (0, 0))
        self._captions = CaptionLine(run=number, start=start) if channel.captions else None
        self._last_words: deque[str] = deque(maxlen=_LAST_LINES)
        self._threads: list[Thread] = []
        self._outlet = Lock()
        self._reached = start
        self._muted = False

    @property
    def over(self) -> bool:
        """Whether the end has come: nothing that is offered from now on will be encoded."""
        return self._over.is_set()

    @property
    def why(self) -> str:
        """The reason for the end; empty before it, and when the process ended by itself."""
        return self._why or ""

    def offer(self, tick: Tick) -> Taken:
        """Hand over a tick; a hole or a full backlog ends the run. Never waits."""
        with self._outlet:  # the pictures may not come out before their caption is known
            taken = self.backlog.offer(tick)
            if taken is Taken.KEPT and self._captions:
                self._captions.offer(tick.caption)
        if taken in (Taken.HOLE, Taken.FULL):
            self.end(taken.value)
        elif taken is Taken.KEPT and self.backlog.accepted == 1:
            for rendition in self._progress:
                self._progress[rendition] = (self._clock.monotonic_ns(), 1)
        return taken

    def end(self, why: str) -> None:
        """Ask for the end; the first reason counts, an empty one says that the process ended by itself."""
        with self._lock:
            if self._why is None:
                self._why = why
            self._over.set()

    def silence(self) -> int:
        """Let nothing of this run out any more; the end of what came out, in units, or its start."""
        with self._outlet:
            self._muted = True
            return self._reached

    def live(self, spawn: Spawn, binary: str) -> str:
        """Start the encoder, and return why it ended when it has. Raises ToolError when it cannot be started."""
        ladder, profile = self._channel.ladder, self._channel.profile
        pipes = Pipes(self._channel.encoded, len(self._channel.tracks))
        try:
            process = spawn(
                encoder_argv(binary, ladder, profile, self.start, pipes.wiring, self.kind), pass_fds=pipes.theirs,
            )
        except BaseException:
            pipes.close_all()
            raise
        pipes.handed_over()
        try:
            self._begin(pipes, process)
            self._watch()
        finally:
            self._bury(process)
        return self._why or _sentence(process.poll(), self._last_words)

    def _begin(self, pipes: Pipes, process: Process) -> None:
        """Start a thread for each pipe; each closes its own end, which no one else touches any more."""
        jobs: list[tuple[str, Callable[[], None]]] = [
            ("pictures", partial(self._write_pictures, pipes)),
            *((f"sound-{track}", partial(self._write_sound, pipes, track)) for track in range(len(pipes.sounds))),
        ]
        jobs += [(name, partial(self._read, pipes, name, end)) for name, end in pipes.outputs.items()]
        if process.stderr is not None:
            jobs.append(("stderr", partial(self._listen, process.stderr)))
        for name, job in jobs:
            thread = Thread(target=job, name=f"encoder-{self._channel.id}-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _watch(self) -> None:
        """Return when the run is over; a silent encoder makes it so."""
        while not self._over.wait(_LOOK):
            accepted = self.backlog.accepted
            now = self._clock.monotonic_ns()
            for rendition, (then, ticks) in self._progress.items():
                if accepted and is_hung(now - then, accepted - ticks):
                    self.end(f"the encoder hung: no {rendition} for {(now - then) // 1_000_000_000} s")

    def _bury(self, process: Process) -> None:
        """Make sure that the process and the threads are gone, and that nothing of this run comes later."""
        self.backlog.close()
        if not self._why:
            with suppress(TimeoutExpired):
                process.wait(_LAST_BREATH)
        process.kill()
        with suppress(TimeoutExpired):
            process.wait(_PARTING)
        for thread in self._threads:
            thread.join(_PARTING)
        self.silence()

    def _write_pictures(self, pipes: Pipes) -> None:
        try:
            with suppress(OSError):  # the reader is gone: whoever reads its output tells
                while (pictures := self.backlog.next_pictures()) is not None:
                    for picture in pictures:
                        _write(pipes.pictures, picture)
        finally:
            pipes.close(pipes.pictures)

    def _write_sound(self, pipes: Pipes, track: int) -> None:
        try:
            with suppress(OSError):
                while (sound := self.backlog.next_sound(track)) is not None:
                    _write(pipes.sounds[track], sound)
        finally:
            pipes.close(pipes.sounds[track])

    def _read(self, pipes: Pipes, rendition: RenditionId, end: int) -> None:
        chunker = Chunker(rendition, self.number)
        expected = self.start
        try:
            while data := os.read(end, _READ):
                for packet in chunker.feed(data):
                    expected = self._deliver(packet, expected)
            self.end("")
        except MediaError as error:
            self.end(str(error))
        finally:
            pipes.close(end)

    def _deliver(self, packet: Packet, expected: int) -> int:
        """Pass a packet on; returns where the next chunk must start. Raises MediaError for one off the grid."""
        if isinstance(packet, Chunk):
            length = self._channel.profile.chunk
            in_place = (packet.start, packet.duration) == (expected, length)
            if self.over and packet.duration != length:
                return expected  # a dying encoder's last, shorter chunk is worth nothing
            if not in_place or (packet.start % GOP == 0 and not packet.independent):
                detail = (f"{packet.rendition}: a chunk at {packet.start} lasting {packet.duration}, "
                          f"{'' if packet.independent else 'not '}independent, where {expected} was next")
                raise MediaError(detail)
            expected = packet.end
            self._progress[packet.rendition] = (self._clock.monotonic_ns(), self.backlog.accepted)
            self.delivered = True
        with self._outlet:
            if not self._muted:
                self._reached = max(self._reached, expected)
                self._sink(packet)
                if self._captions and packet.rendition == self._channel.encoded[0]:
                    self._sink(_along(self._captions, packet))
        return expected

    def _listen(self, stream: IO[bytes]) -> None:
        with stream:
            while line := stream.readline(_LONGEST_LINE):
                text = line.decode("utf-8", "replace").strip()
                _log.debug("%s run %d: %s", self._channel.id, self.number, text)
                self._last_words.append(text)


def _along(captions: CaptionLine, packet: Packet) -> Packet:
    """What goes out as captions along with a packet of pictures."""
    return captions.chunk(packet.start, packet.end) if isinstance(packet, Chunk) else captions.init


def _write(end: int, data: Picture) -> None:
    rest = memoryview(data).cast("B")
    while rest:
        rest = rest[os.write(end, rest) :]


def _sentence(status: int | None, last_words: deque[str]) -> str:
    """Why a process that ended by itself did so; `status` is negative for a signal."""
    how = f"was killed by signal {-status}" if status is not None and status < 0 else f"ended with status {status}"
    blame = next((line for line in reversed(last_words) if "[error]" in line or "[fatal]" in line), "")
    return f"the encoder {how}: {blame}" if blame else f"the encoder {how}"
