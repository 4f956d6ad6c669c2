"""Plays one decoder's life at a set delay, on our clock. No I/O; times are handed in.

Sound is resampled by what the feed's clock drifts; a picture is repeated or left out when that has added up to
one. A feed on our own clock is passed on as it came.
"""

from dataclasses import dataclass

from flow.tick import Picture
from flow.timebase import SCALE, TICK, units_of_ns
from ingest.captions.caption import Caption
from ingest.captions.reel import CaptionReel
from ingest.pacer import TICK_NS
from ingest.playout.drift import Drift
from ingest.playout.fill import MARGIN, WINDOW, Fill, Verdict
from ingest.playout.onset import Onset
from ingest.playout.pairing import STILL, Content, Pairing
from ingest.playout.picture_reel import ROOM
from ingest.playout.play_head import PlayHead
from ingest.playout.splice import crossed

DELAY_MS = 200
"""From the coming of a tick's media to its showing."""
JUMP = 5 * TICK
"""Samples that may wait unused for a whole window, beyond the delay; more are dropped at once (F-09)."""
SETTLING = 2 * WINDOW
"""Ticks after a start in which a whole spare tick is dropped at once: decoders begin slower than they go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How a feed is played.

    `delay_ms` is what was measured over the last 4 s, 0 while unknown; `rate_ppm` above 0 plays it faster;
    `skew_ms` above 0 shows the picture before its sound; `repeated` and `dropped` count pictures, `jumps` floods
    that were cut short; `listening` is False while silence stands in for the sound.
    """

    set_ms: int
    delay_ms: int = 0
    rate_ppm: int = 0
    skew_ms: int = 0
    repeated: int = 0
    dropped: int = 0
    jumps: int = 0
    listening: bool = True


class Playout:
    """`take` is called once a tick; media are added as they come. Not safe for threads: its owner locks.

    `trim_ms` above 0 lets the sound come later beside the picture, below 0 earlier. What is shown first of the two
    is shown at the set delay. `sounds` is how many sounds of the feed are decoded.
    """

    def __init__(
        self, pictures_per_tick: int, delay_ms: int = DELAY_MS, trim_ms: int = 0, *, sounds: int = 1,
    ) -> None:
        shift = trim_ms * SCALE // 1_000
        whole = shift // TICK * TICK  # as sound comes: a tick is whole when its last sample is there
        self._later, self._sooner = max(0, whole), max(0, -whole)
        self._pairing = Pairing(pictures_per_tick, sounds, shift=shift, longer=_longer(delay_ms))
        self._head = PlayHead(self._pairing)
        self._captions = CaptionReel()
        self._unit = TICK // pictures_per_tick
        self._set_ms = delay_ms
        self._target = delay_ms * SCALE // 1_000
        self._fill, self._drift = Fill(), Drift()
        self._onset = Onset()
        self._due_ns = 0
        self._complete, self._since_ns, self._arrived_ns = 0, 0, 0
        self._came_ns: int | None = None
        self._fresh, self._age, self._patience = True, 0, STILL
        self._shown = 0
        self._owed, self._holds = 0, False
        self._delay = self._jumps = 0
        self.playing = False
        """Whether the last tick showed the feed."""

    def add_picture(self, picture: Picture, now_ns: int) -> None:
        """One picture more, which came now on the monotonic clock."""
        number = self._pairing.add_picture(picture)
        self._count(now_ns)
        if self.playing:
            delay = number * self._unit - self._line(now_ns) - self._sooner
            self._fill = self._fill.seen(delay) if self._pairing.listening else self._fill.alone(delay)
            self._onset = self._onset.seen(delay)

    def add_sound(self, sound: Picture, now_ns: int, at: int = 0) -> None:
        """One tick more of the sound at that place among the feed's. Raises FeedError for one that runs away."""
        number = self._pairing.add_sound(sound, at)
        self._count(now_ns)
        if self.playing and self._pairing.listening and at == self._pairing.lead:
            delay = number * TICK - self._line(now_ns) - self._later
            self._fill, self._onset = self._fill.heard(delay), self._onset.heard(delay)

    def add_caption(self, caption: Caption) -> None:
        """One caption more, from any thread. Nothing waits for it, nor does it hold anything up."""
        self._captions.add(caption)

    @property
    def captions(self) -> str:
        """By which code captions came in the pictures, empty before any did."""
        return self._captions.kind

    def without_sound(self) -> None:
        """The feed is known to have none: no picture waits for it."""
        self._pairing.without_sound()

    @property
    def heard(self) -> tuple[bool, ...]:
        """Which sounds of the feed were in the last tick that was shown."""
        return self._head.heard

    @property
    def torn(self) -> bool:
        """Whether sound has come alone for too long."""
        return self._pairing.torn

    @property
    def depth(self) -> int:
        """Ticks that wait to be shown."""
        return max(0, self._pairing.complete - self._head.place // TICK)

    @property
    def timing(self) -> Timing:
        """How it is going."""
        return Timing(
            set_ms=self._set_ms, delay_ms=self._delay * 1_000 // SCALE, rate_ppm=self._drift.rate,
            skew_ms=self._head.skew * 1_000 // SCALE, repeated=self._head.repeated,
            dropped=self._head.dropped + self._pairing.pictures.dropped, jumps=self._jumps,
            listening=self._pairing.listening,
        )

    def aim(self, delay_ms: int) -> None:
        """Another set delay from now on. For a longer one the last picture is held, in silence, until that much
        has passed; for a shorter one what waits beyond it is left out. One that does not play begins with it."""
        target = delay_ms * SCALE // 1_000
        self._owed = self._owed + target - self._target if self.playing else 0
        self._set_ms, self._target = delay_ms, target
        self._pairing.widen(_longer(delay_ms))
        self._fill, self._onset = Fill(), self._onset.anew()

    def take(self, now_ns: int) -> Content | None:
        """What the tick that is due shows, or None while the feed has nothing that is fit."""
        pairing = self._pairing
        pairing.due(self._head.place // TICK)
        self._count(self._arrived_ns)
        if self.playing and pairing.overdue:
            self._rest(ROOM - 10, for_sound=not pairing.listening)
        self.playing = self.playing or self._started(now_ns)
        content = (self._held() if self._owed >= TICK else self._next()) if self.playing and self._fit() else None
        self._due_ns = now_ns + TICK_NS
        return content

    def _line(self, now_ns: int) -> int:
        """The sample that is shown now."""
        return self._head.place + units_of_ns(now_ns - self._due_ns)

    def _count(self, came_ns: int) -> None:
        self._arrived_ns = came_ns
        if self._pairing.complete != self._complete:
            self._complete, self._since_ns = self._pairing.complete, came_ns

    def _started(self, now_ns: int) -> bool:
        """Whether the set delay has passed since the tick that is due came, to the nearest tick. What a fresh feed
        brings at once is old, and left out; what comes after a break is kept, for the next one."""
        pairing, place = self._pairing, self._head.place
        newest = (pairing.complete - 1) * TICK - place
        spare = newest + units_of_ns(now_ns - self._since_ns) - self._target + TICK // 2
        waiting = (pairing.sound.end - 1) * TICK - place - self._later
        alone = pairing.listening and pairing.pictures.begun and waiting > self._target + self._patience * TICK
        if newest < 0 or spare < 0 or not self._settled(now_ns):
            return alone
        self._head.jump(spare if self._fresh else 0)
        self._fresh, self._patience, self._fill, self._came_ns, self._age = False, STILL, Fill(), None, 0
        return True

    def _settled(self, now_ns: int) -> bool:
        """After a break the tick that is due may have come in a burst, just now: it waits a moment, or the next
        burst would come too late."""
        if self._came_ns is None:
            self._came_ns = now_ns
        return self._fresh or units_of_ns(now_ns - self._came_ns) >= min(MARGIN, self._target // 2)

    def _fit(self) -> bool:
        """Whether there is enough for a tick. Sound goes on without a picture, and the picture without sound."""
        pairing = self._pairing
        if pairing.listening:
            there = self._head.sounds(self._drift.rate)
            if there and not pairing.has_sound():
                return True
            if not there and pairing.pictured and pairing.lacks_sound(self._shown):
                return False
        if pairing.pictured and not pairing.listening:
            return True
        self._rest(STILL, for_sound=False)
        return False

    def _rest(self, patience: int, *, for_sound: bool) -> None:
        """The feed has run dry: it fills again, from the tick that is due."""
        self._pairing.stop(for_sound=for_sound)
        self._head.rest()
        self.playing, self._patience, self._came_ns = False, patience, None

    def _held(self) -> Content:
        """One tick more of the last picture. What would be heard now fades away, and is heard when it goes on."""
        before, self._holds = None if self._holds else self._head.hear(self._drift.rate), True
        self._owed -= TICK
        self._fill, self._onset = Fill(), self._onset.anew()  # the delay still grows: that is no drift
        silence = self._head.hush()
        sounds = silence if before is None else tuple(map(crossed, before, silence))
        return Content(
            pictures=self._head.held(), sounds=sounds, caption=self._captions.text(self._head.place),
        )

    def _next(self) -> Content:
        self._holds = False
        self._age += 1
        self._shown += 1
        before = self._begun() or self._left_out()
        self._fill, verdict = self._fill.after(self._target)
        if before is None:
            before = self._judged(verdict) if verdict else self._jumped(self._overflow())
        self._drift = self._drift.after()
        sounds = self._head.hear(self._drift.rate)
        if before is not None:
            sounds = tuple(crossed(old, new) for old, new in zip(before, sounds, strict=True))
        caption = self._captions.text(self._head.place)
        content = Content(pictures=self._head.read(), sounds=sounds, caption=caption)
        self._head.move(self._drift.rate)
        return content

    def _begun(self) -> tuple[Picture, ...] | None:
        """What a fresh feed brought too early is left out, as soon as that is known."""
        if self._onset.over:
            return None
        self._onset, spare = self._onset.after(self._target, listening=self._pairing.listening)
        return self._jumped(spare + TICK // 2) if spare > TICK else None

    def _left_out(self) -> tuple[Picture, ...] | None:
        """What waits beyond a delay that is shorter now, as far as it is there."""
        if self._owed > -TICK:
            return None
        there = (self._pairing.complete - 1) * TICK - self._head.place
        spare, self._owed = min(-self._owed, there), 0
        return self._jumped(spare)

    def _overflow(self) -> int:
        """Samples whose pictures there was no room for."""
        reel = self._pairing.pictures
        lost = reel.first * self._unit - self._head.place
        return lost if len(reel) > STILL * self._pairing.per_tick and lost > TICK else 0

    def _judged(self, verdict: Verdict) -> tuple[Picture, ...] | None:
        """After a window: a flood is cut short at once, and anything less is for the rate."""
        self._delay = verdict.mean
        if verdict.spare > (JUMP if self._age > SETTLING else TICK):
            return self._jumped(verdict.spare + TICK // 2)
        self._drift = self._drift.judged(verdict.error)
        return None

    def _jumped(self, spare: int) -> tuple[Picture, ...] | None:
        """Whole ticks of so many samples are left out; gives the sounds that would have followed, if any are."""
        if spare < TICK:
            return None
        before = self._head.hear(self._drift.rate)
        self._head.jump(spare)
        self._fill = Fill()
        self._jumps += 1
        return before


def _longer(delay_ms: int) -> int:
    """Ticks of pictures that wait beyond the usual with that delay."""
    return max(0, delay_ms - DELAY_MS) * SCALE // 1_000 // TICK
