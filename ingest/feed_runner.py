"""Keeps one feed decoding: starts its decoder, and another when that one has ended, with growing pauses."""

import logging
from collections.abc import Sequence
from functools import partial
from threading import Thread

from flow.clock import Clock
from flow.errors import FeedError, ToolError
from flow.feed import Feed, FeedKind, FeedState, FeedStatus
from flow.track import VIETNAMESE, Track
from ingest.captions.scout import CaptionScout
from ingest.carriers import Carriers
from ingest.decoder import Decoder
from ingest.exposure import listens
from ingest.hearing import Hearing
from ingest.levels.leveller import TARGET
from ingest.look import Look
from ingest.means import Means
from ingest.notices import Notices
from ingest.pictures.sheet import Sheet
from ingest.playout.pairing import Content
from ingest.playout.playout import DELAY_MS, Timing
from ingest.reasons import ANEW, ENDED, GUESSED, HUNG, reason
from ingest.reception import Reception
from ingest.still_sound import StillSound
from ingest.switching.quarantine import Patience
from ingest.switching.wakefulness import Wakefulness

_log = logging.getLogger(__name__)


class FeedRunner:
    """One feed of a channel. `take` is called once a tick and never waits. A cold feed rests until it is woken."""

    def __init__(
        self, *, feed: Feed, sheet: Sheet, title: str, clock: Clock, means: Means,
        delay_ms: int = DELAY_MS, target: float | None = TARGET, tracks: Sequence[Track] = (VIETNAMESE,),
    ) -> None:
        self.notices = Notices()
        hearing = Hearing(feed, tracks=tracks, target=target, notices=self.notices)
        self._reception = Reception(
            feed, sheet=sheet, clock=clock, hearing=hearing, notices=self.notices, delay_ms=delay_ms,
        )
        self._sheet = sheet
        self._title = title
        self._clock = clock
        self._means = means
        self._work = Wakefulness(awake=not feed.cold)
        self.played = False
        self._carriers = Carriers(feed, height=sheet.canvas.height, means=means, notices=self.notices)
        self._scout = CaptionScout(feed, means)
        self._still = StillSound()
        self._thread = Thread(target=self._keep, name=f"feed {feed.kind}", daemon=True)

    @property
    def feed(self) -> Feed:
        """The feed, with the settings that hold now."""
        return self._reception.feed

    def start(self) -> None:
        """Begin decoding, unless it was played once and is over."""
        if not self.played:
            self._thread.start()

    def finish(self) -> None:
        """Take it for a file that was played once, in an earlier life; before `start`."""
        self.played = True
        self._reception.over()

    def stop(self) -> None:
        """End the decoder; returns within a second."""
        self._work.end()
        self._reception.kill()
        if self._thread.ident is not None:
            self._thread.join(1.0)
        self._carriers.close()
        self._scout.close()

    def wake(self) -> None:
        """Let it decode from now on."""
        self._reception.wake()
        self._work.wake()

    def rest(self) -> None:
        """Let it decode no more, until it is woken; returns at once."""
        self._reception.drop(Look.rested, self._work.rest)

    def adjust(self, feed: Feed, *, delay_ms: int, target: float | None) -> None:
        """Go on with that feed's settings. With another trim, or sounds that are not decoded yet, it begins
        anew; `Warmer` heeds whether it is cold."""
        self._reception.adjust(feed, delay_ms=delay_ms, target=target, word=self._work.nudge)

    def retry(self) -> bool:
        """Try it again at once, or its sound where that is left out; False when nothing of it is left alone."""
        if self._still.broken:
            self._still = StillSound()
            self._reception.drop(Look.renewed, self._work.nudge)
            return True
        if quarantined := self.state is FeedState.QUARANTINED:
            self._work.nudge()
        return quarantined

    @property
    def state(self) -> FeedState:
        """What it is doing; STOPPED is over for good, as a file is that is played once."""
        return self._reception.state

    def take(self) -> Content | None:
        """What the feed shows in the tick that is due, or None when it is not live."""
        return self._reception.take()

    @property
    def timing(self) -> Timing:
        """How it is played."""
        return self._reception.timing

    def status(self, *, on_air: bool) -> FeedStatus:
        """The feed as status shows it."""
        return self._reception.status(self._carriers, on_air=on_air)

    def _keep(self) -> None:
        patience = Patience()
        while self._work.works():
            turn, began = self._work.turn, self._clock.monotonic_ns()
            decoder, why = self._once()
            self._scout.judge(decoder.pictures)
            if why in GUESSED and self._work.working:
                continue
            if not decoder.pictures and why != ANEW:
                self._carriers.hang_up()
            if self.feed.once and decoder.pictures and why == ENDED and not decoder.died:
                self.played = True
                break
            if self._work.turn != turn:  # it was told to rest, or to begin anew: nothing is wrong with it
                patience = patience.rested()
                if not self._work.working:
                    self._carriers.close()
                continue
            self._still = self._still.after(self.feed, why)
            passive = listens(self.feed) or self.feed.kind is FeedKind.UDP or why == ANEW
            now, crashed = self._clock.monotonic_ns(), decoder.crashed or why == HUNG
            patience, pause = patience.after(
                now, now - began, lived=decoder.pictures > 0, listens=passive, crashed=crashed,
            )
            self._reception.lost(why, alone=patience.alone)
            _log.warning("feed %s: %s; again in %.1f s", self.feed.shown, why, pause)
            self._work.pause(pause, turn)
            if not self._work.working:  # it was told to rest meanwhile
                self._carriers.close()
        self._reception.over()

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
        return decoder, self._reception.verdict() or decoder.trouble or reason(
            list(decoder.last_lines), decoder.facts, decoder.pictures,
        )

    def _next(self) -> Decoder:
        (playout, sinks), sounds = self._reception.open(self._scout), self._reception.hearing.streams
        still = self._still
        decoder = Decoder(
            feed=still.of(self.feed), sheet=self._sheet, title=self._title, means=self._means, sinks=sinks,
            connect=partial(self._carriers.next, sounds), sounds=sounds, captions=self._scout.plan,
            blindly=self._reception.blind,
        )
        self._reception.begin(decoder, playout, lack=still.why)
        return decoder
