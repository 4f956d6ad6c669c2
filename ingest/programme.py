"""The door of the room: feeds in, exactly one tick every 40 ms on the epoch grid, whatever the feeds do."""

import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from threading import Event as Flag
from threading import Thread

from flow.channel import Channel
from flow.clock import Clock
from flow.doors import TickSink
from flow.errors import OperatorError
from flow.event import Event
from flow.feed import FeedStatus
from flow.tick import Tick
from ingest.changes import Changes
from ingest.complaints import Complaints
from ingest.feed_runner import FeedRunner
from ingest.means import Means
from ingest.mixer import Contents, Mixer
from ingest.pacer import TICK_NS, Pacer
from ingest.pictures.dressing import Dressing
from ingest.pictures.own_pictures import OwnPictures
from ingest.pictures.preview import jpeg_of
from ingest.pictures.slates import Slates
from ingest.pictures.two_pictures import TwoPictures
from ingest.playout.pairing import Content
from ingest.programme_status import ALONE, ProgrammeStatus
from ingest.switching.fitness import Health, Sight
from ingest.switching.journal import Journal
from ingest.switching.orders import Order, Orders, allowed
from ingest.switching.standing_in import standing_in
from ingest.switching.switching import Show, Switching, step
from ingest.switching.warmer import Warmer
from ingest.switching.watch import Watch, watches_of
from ingest.switching.wish import DRESSING, Do, Wish

_LATE = 2
"""Ticks due at once from which they count as late."""

_log = logging.getLogger(__name__)

EventSink = Callable[[Event], None]
"""Takes what happened. Called from the pacing thread; must return at once."""


class Programme:
    """One channel's programme. The sinks are called from the pacing thread. `troubles` are sentences on pictures
    of the channel's own that cannot be read: it is on air without them. `slates` draws curtains beforehand."""

    def __init__(
        self, *, channel: Channel, clock: Clock, means: Means, sink: TickSink, tell: EventSink = lambda _: None,
        doors: Sequence[Path] = (),
    ) -> None:
        """`doors` are the sockets at which each feed's publisher is handed over; none on a machine without."""
        canvas, self._rules = channel.ladder.canvas, channel.rules
        self._clock = clock
        self._sink = sink
        self._tell = tell
        self._canvas = canvas
        own = OwnPictures.read(canvas, slate=channel.slate, logo_path=channel.logo)
        self.troubles = own.troubles
        self._dressing = Dressing(canvas, own.logo)
        self._two = TwoPictures(canvas, channel.feeds, self._rules)
        self._runners = tuple(
            FeedRunner(
                feed=feed, sheet=sheet, title=channel.title, clock=clock, means=replace(means, door=door),
                delay_ms=channel.delay_ms, target=channel.loudness, tracks=channel.tracks,
            )
            for feed, sheet, door in zip_longest(channel.feeds, self._two.sheets, doors[:len(channel.feeds)])
        )
        self._seen: Contents = (None,) * len(self._runners)
        self._warmer = Warmer(self._runners[:self._two.mains])
        self._watches = watches_of(channel.feeds[:self._two.mains], canvas, self._rules)
        self.slates = Slates(canvas, channel.title, own.backdrop)
        self._mixer = Mixer(
            self.slates, per_tick=canvas.pictures_per_tick, blend=self._rules.blend, tracks=len(channel.tracks),
        )
        self._journal = Journal(channel.id, channel.feeds)
        self._orders = Orders()
        self._state = Switching()
        self._changes = Changes(feeds_ns=(0,) * len(self._runners))
        self._complaints = Complaints(clock)
        self._switches = 0
        self._counts = dict.fromkeys(Show, 0)
        self._late = 0
        self._stop = Flag()
        self._thread = Thread(target=self._pace, name=f"programme-{channel.id}", daemon=True)

    def start(self) -> None:
        """Begin: the first tick is the next one on the grid."""
        for runner in self._runners:
            runner.start()
        self._thread.start()

    def finish(self, feeds: Collection[int]) -> None:
        """Feeds that were wanted once and have ended in an earlier life stay over; before `start`."""
        for at, runner in enumerate(self._runners):
            if at in feeds and runner.feed.once:
                runner.finish()

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

    def command(self, wish: Wish, *, who: str = "", why: str = "", restored: bool = False) -> "Future[int]":
        """Let an operator's wish take effect with the next tick, or, `restored`, go on; safe from any thread.

        The future becomes that tick's place on the grid, or an OperatorError when the wish cannot be met. Raises
        OperatorError when too many wait.
        """
        order = Order(wish=wish, who=who, why=why, restored=restored)
        self._orders.add(order)
        return order.done

    @property
    def count(self) -> int:
        """How many feeds there are, those with slides included."""
        return len(self._runners)

    @property
    def mains(self) -> int:
        """How many there are to switch between; they come first."""
        return self._two.mains

    def adjust(self, channel: Channel) -> None:
        """Go on with this one's delay and loudness, and its feeds' settings; see `FeedRunner.adjust`."""
        for runner, feed in zip(self._runners, channel.feeds, strict=True):
            runner.adjust(feed, delay_ms=channel.delay_ms, target=channel.loudness)

    def preview(self, feed: int) -> bytes | None:
        """What a feed showed last, as a JPEG; None before it showed anything.

        Raises OperatorError for a cold one, which is started for it.
        """
        asked = self._warmer.ask(feed)
        last = self._seen[feed]
        if last is None and asked:
            problem = f"feed {feed + 1} ({self._runners[feed].feed.shown}) is cold and is being started"
            raise OperatorError(problem, "Ask again in a few seconds")
        if last is None:
            return None
        return jpeg_of(self._two.sheets[feed].large_of(last.pictures[-1]), self._canvas)

    def look(self, feed: int) -> bytes | None:
        """The thumbnail of what a feed shows now, to be kept as its lobby picture; None before there is any."""
        return self._watch_of(feed).look()

    def at_lobby(self, feed: int) -> bool:
        """Whether a feed shows its lobby picture now."""
        return self._watch_of(feed).at_lobby()

    def teach(self, feed: int, lobby: bytes | None) -> None:
        """Take that thumbnail for a feed's lobby picture from now on; None forgets it."""
        self._watch_of(feed).lobby = lobby

    def retry(self, feed: int) -> None:
        """Try a feed again that is left alone; raises OperatorError when it is not."""
        if not self._runners[feed].retry():
            problem = f"feed {feed + 1} ({self._runners[feed].feed.shown}) is not in quarantine"
            raise OperatorError(problem, "It is tried again by itself; `xacast status` says what it waits for")

    def _watch_of(self, feed: int) -> Watch:
        return self._watches[feed] if feed < self._two.mains else self._two.watch

    def status(self) -> ProgrammeStatus:
        """How it is going."""
        state, scene = self._state, self._two.scene
        shown = state.feed if state.show is Show.LIVE else None
        return ProgrammeStatus(
            on_air=ALONE if scene.alone else str(state.show), layout=str(scene.layout) if self._two.slides else "",
            layout_ns=scene.layout_at * TICK_NS, mode=str(state.mode), since_ns=self._changes.since_ns,
            switches=self._switches,
            ticks=sum(self._counts.values()), ticks_held=self._counts[Show.HELD],
            ticks_slate=self._counts[Show.SLATE], ticks_late=self._late,
            feeds=tuple(self._feed(at, on_air=at == shown) for at in range(len(self._runners))),
            standing=replace(
                standing_in(state), layout=scene.wish, text=self._dressing.text,
                played=tuple(at for at, runner in enumerate(self._runners) if runner.played),
            ),
        )

    def tick(self, index: int) -> Tick:
        """The tick of that place on the grid; each feed is asked once."""
        given = tuple(self._taken(runner) for runner in self._runners)
        self._seen = tuple(
            None if self._warmer.rests(at) else new or old
            for at, (new, old) in enumerate(zip(given, self._seen, strict=True))
        )
        contents = self._two.mains_of(given)
        sights = self._warmer.seen(
            [watch.see(index, one) for watch, one in zip(self._watches, contents, strict=True)],
        )
        order = self._next_order()
        try:
            tick = self._made(index, given, contents, sights, order)
        except Exception as error:
            if order is not None and not order.done.done():
                order.done.set_exception(error)
            raise
        tick = self._two.dressed(tick)
        return replace(tick, pictures=self._dressing.on(tick.pictures))

    def _taken(self, runner: FeedRunner) -> Content | None:
        """What a feed shows; nothing, if it cannot even be asked: that costs this feed its place, and no other."""
        try:
            return runner.take()
        except Exception:  # noqa: BLE001 - a broken feed is a lost feed
            self._complaints.add(runner.feed.shown, f"feed {runner.feed.shown} could not be asked")
            return None

    def _made(
        self, index: int, given: Contents, contents: Contents, sights: tuple[Sight, ...], order: Order | None,
    ) -> Tick:
        before = self._state
        wish = None if order is None or order.wish.do in DRESSING else order.wish
        self._state, happened = step(before, sights, self._rules, wish)
        now = self._state
        happened += self._warmer.after(now, sights)
        self.slates.turn(now.hung)
        tick = self._mixer.tick(index, now.show, now.feed, contents)
        if order is not None:
            self._dress(order.wish)
        happened = self._two.see(index, given, now, happened)
        self._counts[Show.LIVE if self._two.scene.alone else now.show] += 1
        wall_ns = index * TICK_NS
        self._changes = self._changes.after(before, now, wall_ns)
        if order is not None:
            if order.restored or order.wish.do is not Do.CURTAIN or now.key != before.key:
                self._tell(self._journal.obeyed(order, before, now, wall_ns))
            order.done.set_result(index)
        for event in self._journal.told(happened, now, wall_ns):
            self._switches += event.kind == "switch"
            _log.info("%s: %s", event.kind, event.data)
            self._tell(event)
        for at, runner in enumerate(self._runners):
            for notice in runner.notices.take():
                self._tell(self._journal.noticed(at, notice, wall_ns))
        return tick

    def _dress(self, wish: Wish) -> None:
        match wish.do:
            case Do.LAYOUT:
                self._two.order(wish.layout)
            case Do.CAPTION:
                self._dressing.write(wish.text)
            case _:
                pass

    def _next_order(self) -> Order | None:
        """The order to obey; one that makes no sense now is refused, and the next tick takes the next one."""
        order = self._orders.next()
        if order is None:
            return None
        fitness = [self._health(at).fitness for at in range(self._two.mains)]
        try:
            wish = allowed(order.wish, fitness, [runner.feed.shown for runner in self._runners])
        except OperatorError as error:
            order.done.set_exception(error)
            return None
        return replace(order, wish=wish)

    def _feed(self, at: int, *, on_air: bool) -> FeedStatus:
        status = self._runners[at].status(on_air=on_air)
        if at >= self._two.mains:
            scene = self._two.scene
            return replace(status, unfit=scene.unfit, on_air=scene.shown, changed_ns=scene.fit_at * TICK_NS)
        return replace(status, unfit=self._health(at).unfit, changed_ns=self._changes.feeds_ns[at])

    def _health(self, at: int) -> Health:
        return self._state.health[at] if self._state.health else Health()

    def _any_tick(self, index: int) -> Tick:
        """The tick, or the slate when it cannot be made: whatever goes wrong, the ticks go on."""
        try:
            return self.tick(index)
        except Exception:  # noqa: BLE001 - a channel without ticks would be dead for good
            self._complaints.add("ticks", f"tick {index} could not be made")
            self._counts[Show.SLATE] += 1
            return self._mixer.slate(index)

    def _pace(self) -> None:
        pacer = Pacer.starting(wall_ns=self._clock.wall_ns(), monotonic_ns=self._clock.monotonic_ns())
        while not self._stop.wait(pacer.wait_ns(self._clock.monotonic_ns()) / 1e9):
            due = pacer.due(self._clock.monotonic_ns())
            self._late += due - 1 if due >= _LATE else 0
            for _ in range(due):
                self._sink(self._any_tick(pacer.next))
                pacer = pacer.emitted()
