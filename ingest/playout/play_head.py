"""The place in a feed that is shown: reads the pictures and the sound there, and moves on. No I/O, no clock."""

from flow.tick import Picture
from flow.timebase import TICK
from ingest.levels.voice import Voice
from ingest.playout.pairing import Pairing
from ingest.playout.resampler import FRACTION, ONE, Resampler

_PPM = 1_000_000


class PlayHead:
    """Advances by a tick for each tick of ours, or by up to 0.1 % more or less.

    `skew` is how many samples the last picture is shown before its sound; it stays within 25 ms at 25 frames/s and
    13 ms at 50. `repeated` and `dropped` count pictures.
    """

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._unit = TICK // pairing.per_tick
        resampler = Resampler()
        self._voices = tuple(Voice(reel, resampler) for reel in pairing.sounds)
        self._at = 0
        self.skew = self.repeated = self.dropped = 0

    @property
    def place(self) -> int:
        """The first sample of the tick that is due, counted from the decoder's zero."""
        return self._at >> FRACTION

    def sounds(self, rate: int) -> bool:
        """Whether the sound that leads is there for the tick that is due, when it is played at `rate` ppm."""
        return self._voices[self._pairing.lead].reaches(self._at, self._step(rate), exact=not rate)

    @property
    def heard(self) -> tuple[bool, ...]:
        """Which sounds were in the last tick."""
        return tuple(voice.heard for voice in self._voices)

    def read(self) -> tuple[Picture, ...]:
        """The pictures of the tick that is due."""
        return tuple(self._picture(self.place + at * self._unit) for at in range(self._pairing.per_tick))

    def hear(self, rate: int) -> tuple[Picture, ...]:
        """The sounds of the tick that is due; silence stands in for one that was given up, or is not there."""
        pairing, at, step = self._pairing, self._at, self._step(rate)
        return tuple(
            voice.hear(at, step)
            if (pairing.listening if number == pairing.lead else voice.reaches(at, step, exact=not rate))
            else voice.hush()
            for number, voice in enumerate(self._voices)
        )

    def held(self) -> tuple[Picture, ...]:
        """The last picture that was shown, once more; raises IndexError when there was none."""
        reel = self._pairing.pictures
        return (reel.show(reel.shown),) * self._pairing.per_tick

    def hush(self) -> tuple[Picture, ...]:
        """Silence in place of each sound."""
        return tuple(voice.hush() for voice in self._voices)

    def move(self, rate: int) -> None:
        """To the next tick."""
        self._at += TICK * self._step(rate)
        if not rate:
            self._at = (self._at + ONE // 2) // ONE * ONE
        for reel in self._pairing.sounds:
            reel.forget(self.place // TICK - 1)

    def jump(self, samples: int) -> None:
        """Leave out so many samples, in whole ticks."""
        self._at += samples // TICK * TICK * ONE

    def rest(self) -> None:
        """The feed stops: it goes on with the next whole tick."""
        self._at = -(-self._at // (TICK * ONE)) * TICK * ONE
        for voice in self._voices:
            voice.rest()

    def _step(self, rate: int) -> int:
        """How far one sample of ours goes in the feed. Before its own rate, it lands on a whole sample."""
        if rate:
            return ONE + rate * ONE // _PPM
        fraction = self._at % ONE
        return ONE - (fraction if fraction < ONE // 2 else fraction - ONE) // TICK

    def _picture(self, place: int) -> Picture:
        """The one after the last, unless it is more than half a picture (and a little, lest it flicker) away."""
        reel, unit = self._pairing.pictures, self._unit
        number, most = reel.shown + 1, unit // 2 + unit // 8
        if not -most <= number * unit - place <= most:
            number = (place + unit // 2) // unit
        if number < reel.end:
            self.repeated += number <= reel.shown
            self.dropped += max(0, number - max(reel.shown + 1, reel.first))
            self.skew = number * unit - place
        return reel.show(number)
