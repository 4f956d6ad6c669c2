"""What a feed's decoders bring, one after the other, and how the feed is for it."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from flow.clock import Clock
from flow.event import EventKind
from flow.feed import Feed, FeedKind, FeedState, FeedStatus
from ingest.captions.scout import CaptionScout
from ingest.carrier import Carried
from ingest.carriers import Carriers
from ingest.decoder import Decoder, Sinks
from ingest.exposure import listens
from ingest.facts import Facts, card
from ingest.feed_report import feed_status
from ingest.hearing import Hearing
from ingest.look import Look
from ingest.meter import Meter
from ingest.notices import Notices
from ingest.pictures.sheet import Sheet
from ingest.playout.pairing import Content
from ingest.playout.playout import Playout, Timing
from ingest.reasons import ANEW, COLOURLESS, HUNG, LATE, STALLED, TORN, waiting
from ingest.vitals import KEYLESS_NS, SILENT_NS, SPEECHLESS_NS, STALLED_NS, Vitals


class Reception:
    """Of one feed. Decoders give to it from threads of theirs, the programme takes from it once a tick; no call
    waits. What a decoder that was replaced still gives is not mixed in."""

    def __init__(
        self, feed: Feed, *, sheet: Sheet, clock: Clock, hearing: Hearing, notices: Notices, delay_ms: int,
    ) -> None:
        self.feed = feed
        self.hearing = hearing
        self.delay_ms = delay_ms
        self.blind = False
        """Whether the next decoder is to leave colours as they are, see `ingest/colours.py`."""
        self._canvas = sheet.canvas
        self._clock = clock
        self._notices = notices
        self._lock = Lock()
        self._look = Look(state=FeedState.COLD if feed.cold else FeedState.STARTING)
        self._playout = self._new_playout()
        self._opened: Playout | None = None
        self._decoder: Decoder | None = None
        self._deadline: int | None = None
        self._awaited = False
        self._verdict = self._lack = ""
        self._vitals = Vitals()
        self._meter = Meter()
        self._lost_before = 0

    @property
    def state(self) -> FeedState:
        """What the feed is doing; STOPPED is over for good, as a file is that is played once."""
        return self._look.state

    @property
    def timing(self) -> Timing:
        """How it is played."""
        with self._lock:
            return self._playout.timing

    def open(self, scout: CaptionScout) -> tuple[Playout, Sinks]:
        """A playout of its own for the next decoder, and what leads there."""
        with self._lock:
            playout = self._opened = self._new_playout()
        return playout, Sinks(
            picture=lambda picture: self._on_picture(playout, picture),
            sound=lambda at, sound: self._on_sound(playout, at, sound),
            facts=lambda facts: self._on_facts(playout, facts, scout),
            caption=playout.add_caption,
        )

    def begin(self, decoder: Decoder, playout: Playout, *, lack: str = "") -> None:
        """From now on what that decoder brings is what the feed shows; unless another was asked for meanwhile.

        `lack` is what status says of it while it is live, empty for a decoder that brings all that is wanted.
        """
        now = self._clock.monotonic_ns()
        with self._lock:
            if playout is not self._opened:
                decoder.kill()
                return
            self._lost_before += self._decoder.carried.lost if self._decoder else 0
            self._playout, self._verdict, self._decoder, self._vitals = playout, "", decoder, Vitals()
            self._lack = lack
            self._awaited = self.feed.kind is FeedKind.UDP  # nothing is wrong while nobody sends
            self._deadline = None if self._awaited or listens(self.feed) else now + SPEECHLESS_NS
            # A lost listener waits for a call now; of any other feed the last reason says more.
            why = waiting(self.feed) if listens(self.feed) or not self._look.why else self._look.why
            if self._look.state is FeedState.QUARANTINED:
                self._notices.add(EventKind.QUARANTINE_OVER, "", now)
            self._look = self._look.tried().begun(why)

    def kill(self) -> None:
        """End the decoder."""
        if self._decoder:
            self._decoder.kill()

    def wake(self) -> None:
        """A decoder is to come."""
        with self._lock:
            self._look = self._look.woken()

    def over(self) -> None:
        """No decoder follows."""
        with self._lock:
            self._look = replace(self._look, state=FeedState.STOPPED, why="")

    def lost(self, why: str, *, alone: bool) -> None:
        """Its decoder has ended for that reason; with `alone` it is left alone for it."""
        with self._lock:
            self._look = self._look.left_alone(why) if alone else self._look.lost(why)
            if not self._playout.playing:  # it had run dry: what its decoder gave up at its end is old
                self._playout = self._new_playout()
        if alone:
            self._notices.add(EventKind.QUARANTINE, why, self._clock.monotonic_ns())

    def verdict(self) -> str:
        """Why its decoder was ended from here; empty when it was not."""
        with self._lock:
            return self._verdict

    def drop(self, change: Callable[[Look], Look], word: Callable[[], None]) -> None:
        """End the decoder, and forget what it has brought; `word` tells whoever starts the next one."""
        with self._lock:
            word()
            self._look = change(self._look)
            self._playout, self._deadline, self._vitals, self._opened = self._new_playout(), None, Vitals(), None
            self._awaited = False
            decoder = self._decoder
        if decoder:
            decoder.kill()

    def adjust(self, feed: Feed, *, delay_ms: int, target: float | None, word: Callable[[], None]) -> None:
        """Go on with that feed's settings and another delay and loudness, which hold at once.

        What the decoder does not bring as it is asks for another one: it is dropped then, see `drop`.
        """
        self.hearing.aim(target)
        hearing = self.hearing.chosen(feed)
        with self._lock:
            if delay_ms != self.delay_ms:
                self.delay_ms = delay_ms
                for playout in {self._playout, self._opened or self._playout}:
                    playout.aim(delay_ms)
        if feed.trim_ms == self.feed.trim_ms and hearing is self.hearing:
            self.feed = feed
            return

        def settle() -> None:
            self.feed, self.hearing = feed, hearing
            word()

        self.drop(Look.renewed, settle)

    def take(self) -> Content | None:
        """What the feed shows in the tick that is due, or None when it is not live."""
        self._watch()
        now = self._clock.monotonic_ns()
        with self._lock:
            content, there, hearing = self._playout.take(now), self._playout.heard, self.hearing
        if content is None:
            hearing.rest()
            return None
        return replace(content, sounds=hearing.tick(content.sounds, there, now), came=content.sounds)

    def status(self, carriers: Carriers, *, on_air: bool) -> FeedStatus:
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
        said = feed_status(self.feed, look, carriers, timing, self.hearing.loudness)
        return replace(
            said, depth=depth, on_air=on_air, bitrate=meter.per_second * 8, lost=before + carried.lost,
            heard=self.hearing.heard if shows else (), captions=coded or look.captions,
        )

    def _watch(self) -> None:
        """A decoder that hangs, or whose sound has torn away from its picture, is ended; a new one follows."""
        now = self._clock.monotonic_ns()
        with self._lock:
            if self._awaited and self._fed():  # from the first byte on it may be late
                self._awaited = False
                self._deadline = self._deadline or now + SPEECHLESS_NS
            late = self._deadline is not None and now > self._deadline
            hung = late or self._vitals.hung(now, self._fed())
            if not hung and not self._playout.torn:
                return
            # Its words may come after its pictures.
            showed = self._look.state is FeedState.LIVE or self._look.received
            self._verdict = TORN if not hung else HUNG if showed else LATE
            self._deadline, self._vitals = None, Vitals()
            self._playout = self._new_playout()
            decoder = self._decoder
        if decoder:
            decoder.kill()

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
                self._look = replace(self._look, state=FeedState.LIVE, why=self._lack, received=received)

    def _on_sound(self, playout: Playout, at: int, sound: bytearray) -> None:
        now = self._clock.monotonic_ns()
        with self._lock:
            if self._outlived(playout):
                return
            playout.add_sound(sound, now, at)
            if playout is self._playout:
                self._vitals = self._vitals.gave(now, self._fed(), sound=True)

    def _on_facts(self, playout: Playout, facts: Facts, scout: CaptionScout) -> None:
        now = self._clock.monotonic_ns()
        with self._lock:
            if playout is not self._playout:
                return
            apart = self._decoder.apart if self._decoder else ()
            if facts.mute:
                playout.without_sound()
            if facts.complete:
                self._notices.codecs(facts.codecs, now)
                self.hearing.has(len(facts.audio), apart)
            if self._look.state is not FeedState.LIVE:  # its words may be read after its first picture
                self._deadline = now + KEYLESS_NS
            self._look = self._look.knows(
                facts, scout.said_of(facts), all_sounds=facts.complete and not apart,
            )
            if not facts.complete or facts.blind is None or facts.blind is self.blind:
                return
            self.blind = facts.blind
            if not self.blind:  # of another source than before: it will do for this once
                return
            self._verdict, self._deadline, self._vitals = COLOURLESS, None, Vitals()
            self._playout = self._new_playout()
            decoder = self._decoder
        if decoder:
            decoder.kill()

    def _outlived(self, playout: Playout) -> bool:
        """Whether what a decoder still gives is the end of a source that was replaced: nobody wants to see it."""
        return playout is self._playout and self._decoder is not None and self._decoder.trouble == ANEW

    def _fed(self) -> int | None:
        """Bytes that the decoder was given; None when it takes them itself."""
        return self._decoder.fed if self._decoder else None

    def _new_playout(self) -> Playout:
        sounds = len(self.hearing.streams)
        return Playout(self._canvas.pictures_per_tick, self.delay_ms, self.feed.trim_ms, sounds=sounds)
