"""The worker of one channel: decoders, mixer, encoder and pusher, wired together and told to the headends."""

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp

from desk.change_words import settled
from desk.control_link import ControlLink
from desk.definition import channel_from, revision_of, settled_of
from desk.encoder_choice import EncoderChoice, Try, choose, untried
from desk.event_ring import EventRing
from desk.feed_requests import FeedRequests, feed_request
from desk.order_words import order_from
from desk.pulse import Pulse
from desk.refusals import heed_refusals
from desk.standing import wishes_of
from desk.thumbnail_sink import with_thumbnails
from flow.cage import CageTrial
from flow.channel import Channel
from flow.clock import Clock
from flow.encoder_kind import EncoderKind
from flow.errors import OperatorError, ToolError
from flow.event import Event, EventKind, severity_of
from flow.layout import Role
from flow.standing import Standing
from flow.status import WorkerStatus
from flow.timebase import SCALE, units_of_ns
from flow.wire import Positions
from ingest.means import Means
from ingest.pictures.overlay import cut_off
from ingest.programme import Programme
from transcode.approach import Approach
from transcode.encoder import Encoder
from transcode.push import Pusher

_log = logging.getLogger(__name__)

FIRST_PAUSE = 0.1
LOOK = 1.0
"""Seconds between looks whether the programme goes on."""
ASKING = 3.0
"""Seconds that a headend has to say how far it has come."""
BEHIND = 5 * SCALE
"""Units that the clock may be behind what is published: media already listed ends up to some segments ahead."""
TELLING = 1.0
"""Seconds that a headend has to say what stands; it says so with the first message of its connection."""
OBEYING = 1.5
"""Seconds that an order has to take effect; it takes a tick when the programme is well."""
STOPPING = 1.6
"""Seconds for the children to end; after it the process goes, and the kernel takes them along."""


class Worker:
    """One life of a channel's worker."""

    def __init__(
        self, *, channel: Channel, headends: Sequence[str], clock: Clock, means: Means, lobbies: Path,
        doors: Sequence[Path] = (), revision: int = 0, settled: int = 0, approach: Approach | None = None,
        try_cage: Callable[[], CageTrial] = CageTrial, try_encoder: Try = untried, index: int = 0,
    ) -> None:
        """`try_cage` says what its decoders run in; it may take a second, and is called from a thread, as
        `try_encoder` is, which says why one cannot be used. `index` tells two workers of one channel apart."""
        self._index = index
        self._channel = channel
        self._revision = revision
        self._settled = settled
        self._headends = tuple(headends)
        self._clock = clock
        self._means = means
        self._doors = tuple(doors)
        self._try_cage = try_cage
        self._cage = CageTrial()
        self._try_encoder = try_encoder
        self._choice = EncoderChoice(wish=channel.encoder, kind=EncoderKind.X264)
        self._requests = FeedRequests(lobbies, channel.feeds)
        self._pusher = Pusher(channel=channel, headends=self._headends, approach=approach)
        self._line: tuple[Programme, Encoder] | None = None
        self._events = EventRing(life=clock.wall_ns())
        self._standing: object = None  # what an operator set in an earlier life
        self._told = asyncio.Event()  # by a headend, what the channel is and what stands
        self._waiting_for = "asking the headends how far they have come"
        self.over = asyncio.Event()

    async def run(self, session: aiohttp.ClientSession) -> None:
        """Until `over` is set, from outside or by a headend's command."""
        parts = (
            self._pusher.run(), self._start(), self._feel(), self._note_restarts(), self._look_at_cage(),
            heed_refusals(self._channel.id, self._pusher, self._run),
        )
        tasks = [asyncio.create_task(part) for part in parts]
        for headend in self._headends:
            link = ControlLink(
                headend=headend, channel=self._channel.id, status=self.status, command=self.command,
                events=self._events, obey=self.obey,
            )
            tasks.append(asyncio.create_task(link.run(session)))
        ending = asyncio.create_task(self.over.wait())
        try:
            await self._watch(ending, tasks)
        finally:
            await _in_time(STOPPING, self._stop)
            for task in (*tasks, ending):
                task.cancel()
            await asyncio.gather(*tasks, ending, return_exceptions=True)

    async def _watch(self, ending: "asyncio.Task[Any]", tasks: "list[asyncio.Task[None]]") -> None:
        """Until the end; a part of the worker that fails ends it, so that a whole one is started."""
        running = {ending, *tasks}
        while not ending.done():
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()

    async def _look_at_cage(self) -> None:
        self._cage = await asyncio.to_thread(self._try_cage)

    async def _feel(self) -> None:
        """Raises ToolError when the programme makes no ticks any more: its thread hangs or is dead."""
        pulse = Pulse()
        while not pulse.dead:
            await asyncio.sleep(LOOK)
            if self._line is not None:
                pulse = pulse.look(self._line[0].status().ticks)
        error = ToolError("the programme", f"no tick has come for {pulse.still * LOOK:.0f} s")
        _log.error("%s; the worker ends, to be started anew", error)
        raise error

    def _run(self) -> int | None:
        return self._line[1].status().run if self._line else None

    async def _start(self) -> None:
        """Find the first free place on the clock grid and begin there."""
        self._choice = await asyncio.to_thread(choose, self._channel.encoder, self._try_encoder)
        positions = await self._positions()
        await self._clock_reaches(positions.floor - BEHIND)
        encoder = Encoder(
            channel=self._channel, clock=self._clock, spawn=self._means.spawn, ffmpeg=self._means.ffmpeg,
            sink=self._pusher.put, floor=positions.floor, first_run=positions.last_run + 1,
            worker=self._index, kind=self._choice.kind,
        )
        programme = Programme(
            channel=self._channel, clock=self._clock, means=self._means, doors=self._doors, tell=self._events.add,
            sink=with_thumbnails(self._channel, encoder, self._pusher.put),
        )
        await self._resume(programme)
        self._requests.restore(programme)
        encoder.start()
        programme.start()
        self._line = programme, encoder
        self._waiting_for = ""
        self._note(EventKind.STARTED)
        if self._choice.denied:
            self._note(EventKind.ENCODER_FALLEN, {"why": self._choice.why})
        for trouble in programme.troubles:
            self._note(EventKind.PICTURE_MISSING, {"why": trouble})
        _log.info("%s begins, not before %d", self._channel.id, positions.floor)

    async def _resume(self, programme: Programme) -> None:
        """Let what an operator set hold from the first tick on; a headend that says nothing holds nothing up."""
        if self._headends:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), TELLING)
        for wish in wishes_of(self._standing, sum(feed.role is Role.MAIN for feed in self._channel.feeds)):
            _log.warning("%s begins with a %s, as an operator left it", self._channel.id, wish.do)
            programme.command(wish, restored=True)
        programme.finish(Standing.from_json(self._standing).played)

    async def _positions(self) -> Positions:
        """Without an answer nothing may start: a number is never used twice."""
        while (positions := await self._pusher.positions(ASKING)) is None:
            _log.warning("no headend says how far it has come")
            await asyncio.sleep(FIRST_PAUSE)
        return positions

    async def _clock_reaches(self, units: int) -> None:
        """Wait while the wall clock is behind what has been published (F-19); status says so."""
        while (behind := units - units_of_ns(self._clock.wall_ns())) > 0:
            self._waiting_for = (
                f"this machine's clock is {(behind + BEHIND) // SCALE} s behind what was published; set it right"
            )
            _log.error("%s", self._waiting_for)
            await asyncio.sleep(1.0)

    def command(self, command: dict[str, Any]) -> None:
        """Do what a headend says; raises one of UNREADABLE. A newer, other definition ends this life.

        The next one fetches it. Of two headends that disagree, the older definition changes nothing.
        """
        match command:
            case {"do": "stop"}:
                _log.info("told to stop")
                self._requests.forget()
                self.over.set()
            case {"do": "run", "definition": definition}:
                self._standing = self._standing or command.get("standing")
                self._told.set()
                if self._outdated_by(definition):
                    _log.info("the definition has changed")
                    self.over.set()
                else:
                    self._settle(definition)
            case _:
                pass

    async def obey(self, words: dict[str, Any]) -> dict[str, Any]:
        """Do what an operator orders; the tick from which on it is in effect. Raises OperatorError."""
        order = None if feed_request(words) else order_from(words)
        if self._line is None:
            problem = "the worker is not on air yet"
            raise OperatorError(problem, "Try again in a moment")
        if order is None:
            return await self._requests.answer(self._line[0], words)
        wish, said = order
        if wish.curtain.down:
            await asyncio.to_thread(self._line[0].slates.draw, wish.curtain)
        done = asyncio.wrap_future(self._line[0].command(wish, who=said.who, why=said.why))
        cut = cut_off(self._channel.ladder.canvas, wish.text)
        return {"tick": await asyncio.wait_for(done, OBEYING), **({"cut": cut} if cut else {})}

    async def _note_restarts(self) -> None:
        """Tell when the encoder was started again, or x264 in its place."""
        known, fallen = 0, ""
        while True:
            await asyncio.sleep(LOOK)
            if self._line is not None and (encoder := self._line[1].status()).restarts > known:
                known = encoder.restarts
                if encoder.fallen and encoder.fallen != fallen:
                    self._note(EventKind.ENCODER_FALLEN, {"restarts": known, "why": encoder.fallen})
                else:
                    self._note(EventKind.ENCODER_RESTARTED, {"restarts": known, "why": encoder.why})
                fallen = encoder.fallen

    def _note(self, kind: EventKind, data: dict[str, Any] | None = None) -> None:
        self._events.add(Event(
            wall_ns=self._clock.wall_ns(), channel=self._channel.id, kind=kind, severity=severity_of(kind),
            data=data or {},
        ))

    def _settle(self, definition: dict[str, Any]) -> None:
        """Take over what may change on air; of two headends that disagree, the last change counts."""
        if revision_of(definition) != self._revision or settled_of(definition) <= self._settled:
            return
        before, self._settled = self._channel, settled_of(definition)
        self._channel = settled(before, channel_from(definition))
        if self._line is not None and self._channel != before:
            self._line[0].adjust(self._channel)

    def _outdated_by(self, definition: dict[str, Any]) -> bool:
        return revision_of(definition) > self._revision and channel_from(definition) != self._channel

    def status(self) -> WorkerStatus:
        """The whole worker in one value."""
        links = self._pusher.status()
        if self._line is None:
            return WorkerStatus(
                channel=self._channel.id, pid=os.getpid(), wall_ns=self._clock.wall_ns(), on_air="slate", ticks=0,
                ticks_held=0, ticks_slate=0, ticks_late=0, run=0, encoder_restarts=0, encoder_depth=0,
                encoder_why=self._waiting_for, feeds=(), headends=links, cage=self._cage, worker=self._index,
            )
        programme, encoder = self._line[0].status(), self._line[1].status()
        return WorkerStatus(
            channel=self._channel.id, pid=os.getpid(), wall_ns=self._clock.wall_ns(), on_air=programme.on_air,
            ticks=programme.ticks, ticks_held=programme.ticks_held, ticks_slate=programme.ticks_slate,
            ticks_late=programme.ticks_late, run=encoder.run, encoder_restarts=encoder.restarts,
            encoder_depth=encoder.depth, encoder_why=encoder.why, feeds=programme.feeds, headends=links,
            mode=programme.mode, since_ns=programme.since_ns, switches=programme.switches, layout=programme.layout,
            layout_ns=programme.layout_ns, standing=programme.standing, cage=self._cage, worker=self._index,
            encoder=encoder.kind, encoder_tried="" if self._choice.denied else self._choice.why,
            encoder_fallen=encoder.fallen or (self._choice.why if self._choice.denied else ""),
        )

    def _stop(self) -> None:
        if self._line is not None:
            programme, encoder = self._line
            programme.stop()
            encoder.stop()


async def _in_time(seconds: float, work: Callable[[], None]) -> None:
    """Do blocking work, so long at most. A daemon's thread: the loop does not wait for it when it closes."""
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def run() -> None:
        work()
        with contextlib.suppress(RuntimeError):  # too late: the loop is closed
            loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, name="stopping", daemon=True).start()
    try:
        await asyncio.wait_for(done.wait(), seconds)
    except TimeoutError:
        _log.warning("the children did not end in time")
