"""A channel on a stepped clock, behind a real server: media of the recorded worker, nothing encoded, no time lost.

The clock goes on by a chunk whenever every viewer waits, so hours of a channel pass in seconds and nothing
depends on the machine's speed.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from flow.channel import Channel
from flow.thumbnail import LENGTH, size_of
from flow.timebase import SCALE
from origin.app import middlewares, routes
from origin.guard import unsigned
from origin.memory_store import MemoryStore
from origin.viewers import Viewers
from packager.paired_timeline import PATIENCE
from packager.publisher import Publisher
from packager.ts.remuxer import Remuxer
from tests.conformance.recorder import Recorder
from tests.conformance.recording import Terms
from tests.packager.loose_keyring import LooseKeyring
from tests.packager.thumbnails.pictures import FIRST, jpeg, picture
from tests.recorded.builder import EPOCH, recorded_chunks, recorded_inits
from tests.recorded.clock import SteppedClock

_DELAY = SCALE // 10
"""A chunk comes so long after its end."""


class Studio:
    """Satisfies `recorder.Pace`. `play` goes on by one chunk of every rendition, `lose` by none.

    Each of a channel's workers has a run of its own; the second comes a little later.
    """

    def __init__(self, channel: Channel, *, start: int = EPOCH) -> None:
        self.channel = channel
        self.place = start
        self.runs = list(range(1, 1 + channel.workers))
        self.look = 0
        self.clock = SteppedClock(wall_units=start)
        store = MemoryStore()
        self.reader = Remuxer(store)
        period = channel.key_period_s
        self.ring = LooseKeyring(channel.id, seconds=period) if period else None
        self.publisher = Publisher(
            channel=channel, store=store, clock=self.clock, recipes=self.reader, ring=self.ring,
        )
        self.viewers = Viewers()
        self.paused = 0
        self._tick = asyncio.Event()
        self._begin_run()

    def _begin_run(self) -> None:
        for run in self.runs:
            for packet in recorded_inits(self.channel, run=run, look=self.look):
                self.publisher.take(packet)

    def encoder_restarts(self, *, look: int) -> None:
        """The next chunk is the first of another run of each worker, at a segment's boundary; another `look` has
        other init sections."""
        self.runs, self.look = [run + self.channel.workers for run in self.runs], look
        self._begin_run()
        self.play()

    def worker_dies(self) -> None:
        """The one whose media is listed; the other goes on."""
        preferred = self.publisher.preferred
        self.runs = [run for run in self.runs if run % 2 != preferred]
        self.play()

    def worker_comes_back(self) -> None:
        """With a run above its last."""
        self.runs.append(self.runs[0] + 3)
        self._begin_run()
        self.play()

    def play(self) -> None:
        """One chunk of each rendition."""
        self._let_pass()
        for run in self.runs:
            for chunk in recorded_chunks(self.channel, self.place - self.channel.profile.chunk, run=run):
                self.publisher.take(chunk)
            self._send_thumbnail(run)
        self.publisher.tick()

    def _send_thumbnail(self, run: int) -> None:
        """The one whose place begins with this chunk."""
        msn = self.place // LENGTH
        if self.place - msn * LENGTH < self.channel.profile.chunk:
            body = jpeg(scan=b"%d of %d" % (msn, run), size=size_of(self.channel.ladder.canvas))
            self.publisher.take(picture(msn - FIRST, run, body))

    def marked(self, mark: Callable[[], object]) -> None:
        """The operator marks something, and the channel goes on."""
        mark()
        self.play()

    def lose(self) -> None:
        """A chunk's time without a chunk; the packager lists it as lost when it is overdue."""
        self._let_pass()
        self.publisher.tick()

    def skip(self, segments: int) -> None:
        """So many segments while nobody watches."""
        for _ in range(segments * self.channel.profile.chunks_per_segment):
            self.play()

    def _let_pass(self) -> None:
        self.place += self.channel.profile.chunk
        self.clock.advance_to(self.place + _DELAY)
        self._tick.set()
        self._tick = asyncio.Event()

    def now(self) -> float:
        """Seconds of the stepped clock."""
        return self.clock.wall_ns() / 1e9

    async def pause(self, seconds: float) -> None:
        """Until the clock was stepped so far."""
        until = self.now() + seconds
        self.paused += 1
        try:
            while self.now() < until:
                await self._tick.wait()
        finally:
            self.paused -= 1

    async def play_for(
        self, recorder: Recorder, watched: "asyncio.Task[None]",
        instead: Mapping[int, Callable[[], None]] | None = None,
    ) -> None:
        """Play on whenever every viewer of the recorder waits, until it has `watched`. `instead` says what
        happens in place of the chunk of that number, counted from now."""
        number, otherwise = 0, instead or {}
        while not watched.done():
            await asyncio.sleep(0)
            if self._all_wait(recorder):
                otherwise.get(number, self.play)()
                number += 1
        await watched

    def _all_wait(self, recorder: Recorder) -> bool:
        resting = recorder.under_way + self.paused - recorder.hints_under_way
        return recorder.under_way == self.viewers.waiting and resting >= recorder.followers


@asynccontextmanager
async def on_air(studio: Studio, *, patience: float = 3.0) -> AsyncIterator[Recorder]:
    """The studio's origin on a port of its own, and a recorder before it."""
    app = web.Application(middlewares=middlewares())
    app.add_routes(routes(studio.reader, viewers=studio.viewers, patience=patience, keys=studio.ring))
    app.on_response_prepare.append(unsigned)
    profile = studio.channel.profile
    terms = Terms(
        segment=profile.segment / SCALE, part=profile.chunk / SCALE if profile.parts else 0.0, patience=patience,
        key=float(studio.channel.key_period_s), slack=PATIENCE / SCALE if studio.channel.workers > 1 else 0.0,
    )
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        base = str(server.make_url(f"/live/{studio.channel.id}"))
        yield Recorder(session, base, studio, terms)
