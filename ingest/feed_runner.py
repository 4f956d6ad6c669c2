"""Keeps one feed decoding: starts its decoder, says how it is, and tries again with growing pauses."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock, Thread

from flow.clock import Clock
from flow.errors import FeedError, ToolError
from flow.event import EventKind
from flow.feed import Feed, FeedKind, FeedState, FeedStatus
from flow.track import VIETNAMESE, Track
from ingest.captions.scout import CaptionScout
from ingest.carrier import Carried
from ingest.carriers import Carriers
from ingest.decoder import Decoder, Sinks
from ingest.exposure import listens
from ingest.facts import Facts, card
from ingest.feed_report import feed_status
from ingest.hearing import Hearing
from ingest.levels.leveller import TARGET
from ingest.look import Look
from ingest.means import Means
from ingest.meter import Meter
from ingest.notices import Notices
from ingest.pictures.sheet import Sheet
from ingest.playout.pairing import Content
from ingest.playout.playout import DELAY_MS, Playout, Timing
from ingest.reasons import ANEW, ENDED, HUNG, LATE, STALLED, TORN, reason, waiting
from ingest.switching.quarantine import Patience
from ingest.switching.wakefulness import Wakefulness
from ingest.vitals import KEYLESS_NS, SILENT_NS, SPEECHLESS_NS, STALLED_NS, Vitals

_log = logging.getLogger(__name__)


class FeedRunner:
    """One feed of a channel. `take` is called once a tick and never waits. A cold feed rests until it is woken."""

    def __init__(
        self, *, feed: Feed, sheet: Sheet, title: str, clock: Clock, means: Means,
        delay_ms: int = DELAY_MS, target: float | None = TARGET, tracks: Sequence[Track] = (VIETNAMESE,),
    ) -> None:
        self.feed = feed
        self.notices = Notices()
        self._hearing = Hearing(feed, tracks=tracks, target=target, notices=self.notices)
        self._sheet, self._canvas = sheet, sheet.canvas
        self._title = title
        self._clock = clock
        self._means = means
        self._lock = Lock()
        self._work = Wakefulness(awake=not feed.cold)
        self._look = Look(state=FeedState.COLD if feed.cold else FeedState.STARTING)
        self._delay_ms = delay_ms
        self._playout = self._new_playout()
        self._decoder: Decoder | None = None
        self._deadline: int | None = None
        self._verdict = ""
        self._vitals = Vitals()
        self._meter = Meter()
        self.played = False
        self._carriers = Carriers(feed, height=sheet.canvas.height, means=means, notices=self.notices)
        self._scout = CaptionScout(feed, means)
        self._lost_before = 0
        self._thread = Thread(target=self._keep, name=f"feed {feed.kind}", daemon=True)

    def start(self) -> None:
        """Begin decoding, unless it was played once and is over."""
        if not self.played:
            self._thread.start()

    def finish(self) -> None:
        """Take it for a file that was played once, in an earlier life; before `start`."""
        self.played = True
        self._look = replace(self._look, state=FeedState.STOPPED)

    def stop(self) -> None:
        """End the decoder; returns within a second."""
        self._work.end()
        if self._decoder:
            self._decoder.kill()
        if self._thread.ident is not None:
            self._thread.join(1.0)
        self._carriers.close()
        self._scout.close()

    def wake(self) -> None:
        """Let it decode from now on."""
        with self._lock:
            self._look = self._look.woken()
        self._work.wake()

    def rest(self) -> None:
        """Let it decode no more, until it is woken; returns at once."""
        self._drop(Look.rested, self._work.rest)

    def adjust(self, *, trim_ms: int, delay_ms: int, target: float | None) -> None:
        """Level it to another loudness from now on; with another delay or trim it begins anew."""
        self._hearing.aim(target)
        if (trim_ms, delay_ms) != (self.feed.trim_ms, self._delay_ms):
            self.feed, self._delay_ms = replace(self.feed, trim_ms=trim_ms), delay_ms
            self._drop(Look.renewed, self._work.nudge)

    def _drop(self, change: Callable[[Look], Look], word: Callable[[], None]) -> None:
        """End the decoder, and forget what it has brought."""
        with self._lock:
            word()
            self._look = change(self._look)
            self._playout, self._deadline, self._vitals = self._new_playout(), None, Vitals()
            decoder = self._decoder
        if decoder:
            decoder.kill()

    def retry(self) -> bool:
        """Try it again at once; False when it is not left alone."""
        if quarantined := self._look.state is FeedState.QUARANTINED:
            self._work.nudge()
        return quarantined

    @property
    def state(self) -> FeedState:
        """What it is doing; STOPPED is over for good, as a file is that is played once."""
        return self._look.state

    def take(self) -> Content | None:
        """What the feed shows in the tick that is due, or None when it is not live."""
        self._watch()
        now = self._clock.monotonic_ns()
        with self._lock:
            content, there = self._playout.take(now), self._playout.heard
        if content is None:
            self._hearing.rest()
            return None
        return replace(content, sounds=self._hearing.tick(content.sounds, there, now))

    @property
    def timing(self) -> Timing:
        """How it is played."""
        with self._lock:
            return self._playout.timing

    def status(self, *, on_air: bool) -> FeedStatus:
        """The feed as status shows it."""
        now = self._clock.monotonic_ns()
        with self._lock:
            look, depth, deadline = self._look, self._playout.depth, self._deadline
            carried, before = self._decoder.carried if self._decoder else Carried(), self._lost_before
            meter = self._meter = self._meter.look(carried.bytes, now)
            timing, coded, shows = self._playout.timing, self._playout.captions, self._playout.playing
        # Slow slides with somebody speaking are shown between two pictures too: they are live.
        late = deadline is None or now > deadline - SILENT_NS + STALLED_NS
        if look.state is FeedState.LIVE and late and not shows:
            look = replace(look, state=FeedState.WAITING, why=STALLED)
        said = feed_status(self.feed, look, self._carriers, timing, self._hearing.loudness)
        return replace(
            said, depth=depth, on_air=on_air, bitrate=meter.per_second * 8, lost=before + carried.lost,
            heard=self._hearing.heard if shows else (), captions=coded or look.captions,
        )

    def _watch(self) -> None:
        """A decoder that hangs, or whose sound has torn away from its picture, is ended; a new one follows."""
        now = self._clock.monotonic_ns()
        with self._lock:
            late = self._deadline is not None and now > self._deadline
            hung = late or self._vitals.hung(now, self._fed())
            if not hung and not self._playout.torn:
                return
            self._verdict = TORN if not hung else HUNG if self._look.received else LATE
            self._deadline, self._vitals = None, Vitals()
            self._playout = self._new_playout()
            decoder = self._decoder
        if decoder:
            decoder.kill()

    def _keep(self) -> None:
        patience = Patience()
        while self._work.works():
            turn, began = self._work.turn, self._clock.monotonic_ns()
            decoder, why = self._once()
            self._scout.judge(decoder.pictures)
            if self.feed.once and decoder.pictures and why == ENDED:
                self.played = True
                break
            if self._work.turn != turn:  # it was told to rest, or to begin anew: nothing is wrong with it
                patience = patience.rested()
                if not self._work.working:
                    self._carriers.close()
                continue
            passive = listens(self.feed) or self.feed.kind is FeedKind.UDP
            now, crashed = self._clock.monotonic_ns(), decoder.crashed or why == HUNG
            patience, pause = patience.after(
                now, now - began, lived=decoder.pictures > 0, listens=passive, crashed=crashed,
            )
            self._lost(why, pause, alone=patience.alone)
            self._work.pause(pause, turn)
        with self._lock:
            self._look = replace(self._look, state=FeedState.STOPPED, why="")

    def _lost(self, why: str, pause: float, *, alone: bool) -> None:
        with self._lock:
            self._look = self._look.left_alone(why) if alone else self._look.lost(why)
            if not self._playout.playing:  # it had run dry: what its decoder gave up at its end is old
                self._playout = self._new_playout()
        if alone:
            self.notices.add(EventKind.QUARANTINE, why, self._clock.monotonic_ns())
        _log.warning("feed %s: %s; again in %.1f s", self.feed.shown, why, pause)

    def _once(self) -> tuple[Decoder, str]:
        """One life of a decoder, and why it ended."""
        decoder = self._next()
        if not self._work.working:
            return decoder, ""
        try:
            decoder.run()
        except (ToolError, FeedError) as error:
            return decoder, str(error)
        except OSError as error:
            return decoder, f"the decoder cannot be reached: {error.strerror}"
        except Exception:  # noqa: BLE001 - the feed is tried again; a dead thread would lose it for good
            _log.exception("feed %s", self.feed.shown)
            return decoder, "the decoder failed in a way that nobody foresaw; the log says how"
        with self._lock:
            verdict = self._verdict
        return decoder, verdict or decoder.trouble or reason(
            list(decoder.last_lines), decoder.facts, decoder.pictures,
        )

    def _next(self) -> Decoder:
        """A decoder with a playout of its own: what an earlier one still delivers is not mixed in."""
        playout = self._new_playout()
        sinks = Sinks(
            picture=lambda picture: self._on_picture(playout, picture),
            sound=lambda at, sound: self._on_sound(playout, at, sound),
            facts=lambda facts: self._on_facts(playout, facts),
            caption=playout.add_caption,
        )
        decoder = Decoder(
            feed=self.feed, sheet=self._sheet, title=self._title, means=self._means, sinks=sinks,
            connect=self._carriers.next, sounds=self._hearing.streams, captions=self._scout.plan,
        )
        now = self._clock.monotonic_ns()
        with self._lock:
            self._lost_before += self._decoder.carried.lost if self._decoder else 0
            self._playout, self._verdict, self._decoder, self._vitals = playout, "", decoder, Vitals()
            self._deadline = None if listens(self.feed) else now + SPEECHLESS_NS
            # A lost listener waits for a call now; of any other feed the last reason says more.
            why = waiting(self.feed) if listens(self.feed) or not self._look.why else self._look.why
            if self._look.state is FeedState.QUARANTINED:
                self.notices.add(EventKind.QUARANTINE_OVER, "", now)
            self._look = self._look.tried().begun(why)
        return decoder

    def _on_picture(self, playout: Playout, picture: bytearray) -> None:
        now = self._clock.monotonic_ns()
        with self._lock:
            if self._outlived(playout):
                return
            playout.add_picture(picture, now)
            if playout is not self._playout:
                return
            self._deadline = now + SILENT_NS
            self._vitals = self._vitals.gave(now, self._fed())
            if self._look.state is not FeedState.LIVE:
                received = self._look.received if self.feed.kind is not FeedKind.TESTCARD else card(self._canvas)
                self._look = replace(self._look, state=FeedState.LIVE, why="", received=received)

    def _on_sound(self, playout: Playout, at: int, sound: bytearray) -> None:
        now = self._clock.monotonic_ns()
        with self._lock:
            if self._outlived(playout):
                return
            playout.add_sound(sound, now, at)
            if playout is self._playout:
                self._vitals = self._vitals.gave(now, self._fed(), sound=True)

    def _outlived(self, playout: Playout) -> bool:
        """Whether what a decoder still gives is the end of a source that was replaced: nobody wants to see it."""
        return playout is self._playout and self._decoder is not None and self._decoder.trouble == ANEW

    def _fed(self) -> int | None:
        """Bytes that the decoder was given; None when it takes them itself."""
        return self._decoder.fed if self._decoder else None

    def _new_playout(self) -> Playout:
        sounds = len(self._hearing.streams)
        return Playout(self._canvas.pictures_per_tick, self._delay_ms, self.feed.trim_ms, sounds=sounds)

    def _on_facts(self, playout: Playout, facts: Facts) -> None:
        now = self._clock.monotonic_ns()
        with self._lock:
            if playout is not self._playout:
                return
            if facts.mute:
                playout.without_sound()
            if facts.complete:
                self.notices.codecs(facts.codecs, now)
                self._hearing.has(len(facts.audio))
            if self._look.state is not FeedState.LIVE:  # its words may be read after its first picture
                self._deadline = now + KEYLESS_NS
            self._look = self._look.knows(facts, self._scout.said_of(facts))
