"""The door of the room: feeds in, exactly one tick every 40 ms on the epoch grid, whatever the feeds do."""

import logging
from dataclasses import dataclass
from threading import Event, Thread

from flow.channel import Channel
from flow.clock import Clock
from flow.doors import TickSink
from flow.feed import FeedStatus
from flow.process import Spawn
from flow.tick import SILENCE, Picture, Tick
from ingest.feed_runner import FeedRunner
from ingest.mixer import Mix, Show, mix
from ingest.pacer import TICK_NS, Pacer
from ingest.pairing import Content
from ingest.slate import Slate

_NS_PER_MS = 1_000_000
_LATE = 2
"""Ticks due at once from which they count as late."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStatus:
    """What is on air ("live", "held", "slate"), how many ticks were emitted and how, and the feeds."""

    on_air: str
    ticks: int
    ticks_held: int
    ticks_slate: int
    ticks_late: int
    feeds: tuple[FeedStatus, ...]


class Programme:
    """One channel's programme. The sink is called from the pacing thread."""

    def __init__(self, *, channel: Channel, clock: Clock, spawn: Spawn, ffmpeg: str, sink: TickSink) -> None:
        canvas = channel.ladder.canvas
        self._clock = clock
        self._sink = sink
        self._per_tick = canvas.pictures_per_tick
        self._slate = Slate(canvas, channel.title)
        self._runners = tuple(
            FeedRunner(
                feed=feed, canvas=canvas, title=channel.title, clock=clock, spawn=spawn, ffmpeg=ffmpeg,
            )
            for feed in channel.feeds
        )
        self._mix = Mix()
        self._show = Show.SLATE
        self._last: Picture | None = None
        self._counts = dict.fromkeys(Show, 0)
        self._late = 0
        self._stop = Event()
        self._thread = Thread(target=self._pace, name=f"programme-{channel.id}", daemon=True)

    def start(self) -> None:
        """Begin: the first tick is the next one on the grid."""
        for runner in self._runners:
            runner.start()
        self._thread.start()

    def stop(self) -> None:
        """End the ticks and every decoder; returns within about a second."""
        self._stop.set()
        stops = [Thread(target=runner.stop, daemon=True) for runner in self._runners]
        for thread in stops:
            thread.start()
        for thread in stops:
            thread.join(1.0)
        if self._thread.ident is not None:
            self._thread.join(1.0)

    def status(self) -> ProgrammeStatus:
        """How it is going."""
        shown = self._mix.feed if self._show is Show.LIVE else None
        return ProgrammeStatus(
            on_air=str(self._show), ticks=sum(self._counts.values()), ticks_held=self._counts[Show.HELD],
            ticks_slate=self._counts[Show.SLATE], ticks_late=self._late,
            feeds=tuple(runner.status(on_air=at == shown) for at, runner in enumerate(self._runners)),
        )

    def tick(self, index: int) -> Tick:
        """The tick of that place on the grid; each feed is asked once."""
        contents = tuple(runner.take() for runner in self._runners)
        self._mix, show = mix(self._mix, tuple(content is not None for content in contents))
        if show is not self._show:
            _log.info("on air: %s", show)
        self._show = show
        self._counts[show] += 1
        content = None if self._mix.feed is None else contents[self._mix.feed]
        if show is Show.LIVE and content is not None:
            return self._live(index, content)
        still = self._last if show is Show.HELD else None
        picture = self._slate.picture(index * TICK_NS // _NS_PER_MS) if still is None else still
        return Tick(index=index, pictures=(picture,) * self._per_tick, sound=SILENCE)

    def _live(self, index: int, content: Content) -> Tick:
        self._last = content.pictures[-1]
        return Tick(index=index, pictures=content.pictures, sound=content.sound)

    def _any_tick(self, index: int) -> Tick:
        """The tick, or the slate when it cannot be made: whatever goes wrong, the ticks go on."""
        try:
            return self.tick(index)
        except Exception:  # noqa: BLE001 - a channel without ticks would be dead for good
            _log.exception("tick %d could not be made", index)
            picture = self._slate.picture(index * TICK_NS // _NS_PER_MS)
            return Tick(index=index, pictures=(picture,) * self._per_tick, sound=SILENCE)

    def _pace(self) -> None:
        pacer = Pacer.starting(wall_ns=self._clock.wall_ns(), monotonic_ns=self._clock.monotonic_ns())
        while not self._stop.wait(pacer.wait_ns(self._clock.monotonic_ns()) / 1e9):
            due = pacer.due(self._clock.monotonic_ns())
            self._late += due - 1 if due >= _LATE else 0
            for _ in range(due):
                self._sink(self._any_tick(pacer.next))
                pacer = pacer.emitted()
