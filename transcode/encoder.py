"""The encoder of a channel: an endless input of ticks, packets of every rendition, and a new run when one ends."""

import logging
from collections import deque
from dataclasses import dataclass
from threading import Condition, Thread

from flow.channel import Channel
from flow.clock import Clock
from flow.doors import PacketSink
from flow.encoder_kind import EncoderKind
from flow.errors import ToolError
from flow.process import Spawn
from flow.tick import Tick
from flow.timebase import boundary_after
from transcode.backlog import Taken
from transcode.patience import pause_after
from transcode.run import Run
from transcode.succession import next_kind

_STOPPING = 5.0  # seconds that `stop` waits for the process to be gone

_REPLAY = 32
"""Ticks of the open segment that are kept, so that a new encoder can begin with the segment's first one when
nothing of it has come out yet. By then the first part has: its 16 pictures, and what the encoder holds back."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderStatus:
    """`run` is the newest run's number, 0 before the first; `depth` counts ticks that wait to be written;
    `why` says why the last run ended, and is empty once its successor delivers. `kind` makes the pictures now;
    `fallen` says which kind should and why it does not any more, and is empty while it does."""

    run: int
    restarts: int
    depth: int
    why: str
    kind: EncoderKind
    fallen: str


class Encoder:
    """Keeps one run going. A run starts at a tick that opens a segment, at or after `floor` and everything that
    came out of an earlier run; within it each tick is encoded exactly once, or the run ends. A run that follows a
    death early in a segment begins with that segment's first tick again.

    Where hardware fails x264 takes its place, see `transcode/succession.py`.
    """

    def __init__(
        self, *, channel: Channel, clock: Clock, spawn: Spawn, ffmpeg: str, sink: PacketSink, floor: int,
        first_run: int, worker: int = 0, kind: EncoderKind = EncoderKind.X264,
    ) -> None:
        """Of two workers, `worker` is the index of ours: it says which numbers runs have. `kind` is what to begin
        with."""
        self._kind = self._wanted = kind
        self._fallen = ""
        self._channel = channel
        self._clock = clock
        self._spawn = spawn
        self._ffmpeg = ffmpeg
        self._sink = sink
        self._floor = floor
        self._next_number = first_run
        self._worker = worker
        self._changed = Condition()
        self._run: Run | None = None  # takes the ticks
        self._waiting: Run | None = None  # planned, not yet started
        self._number = 0
        self._restarts = 0
        self._why = ""
        self._recent: deque[Tick] = deque()
        self._short_runs = 0
        self._not_before = 0
        self._stopping = False
        self._thread = Thread(target=self._oversee, name=f"encoder-{channel.id}", daemon=True)

    def start(self) -> None:
        """Begin; the first process starts with the first tick."""
        self._thread.start()

    def put(self, tick: Tick) -> None:
        """Take the next tick; returns at once."""
        with self._changed:
            if self._stopping:
                return
            run = self._run if self._run and not self._run.over else self._plan(tick)
            self._remember(tick)
            if run is None or run.offer(tick) not in (Taken.HOLE, Taken.FULL):
                return
            self._recent.clear()  # an encoder that does not keep up must not be given more
            successor = self._plan(tick)
            if successor:
                successor.offer(tick)

    def stop(self) -> None:
        """End the process and wait until it is gone. What it held back is lost."""
        with self._changed:
            self._stopping = True
            for run in (self._run, self._waiting):
                if run:
                    run.end("stopped")
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(_STOPPING)

    def status(self) -> EncoderStatus:
        """How it is going."""
        with self._changed:
            run = self._run
            return EncoderStatus(
                run=self._number, restarts=self._restarts, depth=run.backlog.depth if run else 0,
                why="" if run and run.delivered else self._why, kind=self._kind, fallen=self._fallen,
            )

    def _plan(self, tick: Tick) -> Run | None:
        """The run that begins at the next boundary, its process to be started at once; None during a pause."""
        self._retire(self._run)
        self._run = None
        if self._clock.monotonic_ns() < self._not_before:
            return None
        number = max(self._next_number, self._clock.wall_ns() // 1_000_000)
        self._number = number + (self._worker - number) % self._channel.workers
        self._next_number = self._number + 1
        again = self._again(tick)
        first = again[0] if again else tick
        self._run = self._waiting = Run(
            channel=self._channel, clock=self._clock, sink=self._sink, number=self._number,
            start=boundary_after(max(first.start, self._floor), self._channel.profile.segment), kind=self._kind,
        )
        for earlier in again:
            self._run.offer(earlier)
        self._changed.notify_all()
        return self._run

    def _again(self, tick: Tick) -> tuple[Tick, ...]:
        """The ticks of the open segment before `tick`, when all are here and nothing of it has come out."""
        recent = tuple(self._recent)
        whole = bool(recent) and recent[-1].index + 1 == tick.index
        return recent if whole and recent[0].start >= self._floor else ()

    def _remember(self, tick: Tick) -> None:
        """Keep the first ticks of the open segment, without a hole."""
        opens = tick.start % self._channel.profile.segment == 0
        if opens or len(self._recent) == _REPLAY or (self._recent and self._recent[-1].index + 1 != tick.index):
            self._recent.clear()
        if opens or self._recent:
            self._recent.append(tick)

    def _retire(self, run: Run | None) -> None:
        """What came out of a run may be on air: none may begin before it."""
        if run and run.over:
            self._kind = next_kind(self._wanted, run.kind, run.why)
        if run and run.backlog.accepted:
            self._floor = max(self._floor, run.silence())

    def _oversee(self) -> None:
        while run := self._next():
            began = self._clock.monotonic_ns()
            _log.info("%s: run %d starts at %d", self._channel.id, run.number, run.start)
            try:
                why = run.live(self._spawn, self._ffmpeg)
            except Exception as error:  # noqa: BLE001 - this thread's end would be the channel's: a run ends instead
                why = _words_for(error)
                run.end(why)
            with self._changed:
                if not self._stopping:
                    self._after(run, why, self._clock.monotonic_ns() - began)

    def _next(self) -> Run | None:
        with self._changed:
            while not self._waiting and not self._stopping:
                self._changed.wait()
            run, self._waiting = self._waiting, None
            return None if self._stopping else run

    def _after(self, run: Run, why: str, lasted: int) -> None:
        pause, self._short_runs = pause_after(lasted, self._short_runs)
        heir = next_kind(self._wanted, run.kind, run.why)
        if heir is self._wanted:
            self._fallen = ""
        elif heir is not run.kind:
            pause, self._short_runs = 0, 0  # x264 has not failed yet
            self._fallen = f"{run.kind}: {why}"
        self._why = why
        self._restarts += 1
        if run is self._run or pause:
            self._retire(self._run)
            self._run = self._waiting = None
        self._not_before = self._clock.monotonic_ns() + pause
        milliseconds = pause // 1_000_000
        _log.warning("%s: run %d ended, next after %d ms: %s", self._channel.id, run.number, milliseconds, why)


def _words_for(error: Exception) -> str:
    """What status says of a run that an error ended; one that nobody expected goes to the log whole."""
    if isinstance(error, ToolError | OSError):
        return str(error)
    _log.error("the run ended by an unexpected error", exc_info=error)
    return f"{type(error).__name__}: {error}"
