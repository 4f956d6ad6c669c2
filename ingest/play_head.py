"""The place in a feed that is shown: reads the pictures and the sound there, and moves on. No I/O, no clock."""

from flow.tick import SILENCE, Picture
from flow.timebase import TICK
from ingest.pairing import Pairing
from ingest.resampler import BEFORE, FRACTION, ONE, Resampler, needed
from ingest.splice import edged

_PPM = 1_000_000


class PlayHead:
    """Advances by a tick for each tick of ours, or by up to 0.1 % more or less.

    `skew` is how many samples the last picture is shown before its sound; it stays within 25 ms at 25 frames/s and
    13 ms at 50. `repeated` and `dropped` count pictures.
    """

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._unit = TICK // pairing.per_tick
        self._resampler = Resampler()
        self._at = 0
        self._silent = True
        self.skew = self.repeated = self.dropped = 0

    @property
    def place(self) -> int:
        """The first sample of the tick that is due, counted from the decoder's zero."""
        return self._at >> FRACTION

    def sounds(self, rate: int) -> bool:
        """Whether the sound of the tick that is due is there, when it is played at `rate` ppm."""
        fraction = self._at % ONE
        length = needed(fraction, self._step(rate)) - BEFORE if fraction or rate else TICK
        return self._pairing.sound.end * TICK >= self.place + length

    def read(self) -> tuple[Picture, ...]:
        """The pictures of the tick that is due."""
        return tuple(self._picture(self.place + at * self._unit) for at in range(self._pairing.per_tick))

    def hear(self, rate: int) -> Picture:
        """The sound of the tick that is due: as it came, cut from two ticks, or resampled. Its edge is faded where
        silence begins or ends; silence stands in for sound that was given up."""
        reel = self._pairing.sound
        if not self._pairing.listening:
            self._silent = True
            return SILENCE
        begins, self._silent = self._silent, reel.end * TICK < self.place + 2 * TICK
        return edged(self._sound(self._step(rate)), begins=begins, ends=self._silent)

    def move(self, rate: int) -> None:
        """To the next tick."""
        self._at += TICK * self._step(rate)
        if not rate:
            self._at = (self._at + ONE // 2) // ONE * ONE
        self._pairing.sound.forget(self.place // TICK - 1)

    def jump(self, samples: int) -> None:
        """Leave out so many samples, in whole ticks."""
        self._at += samples // TICK * TICK * ONE

    def rest(self) -> None:
        """The feed stops: it goes on with the next whole tick."""
        self._at = -(-self._at // (TICK * ONE)) * TICK * ONE
        self._silent = True

    def _step(self, rate: int) -> int:
        """How far one sample of ours goes in the feed. Before its own rate, it lands on a whole sample."""
        if rate:
            return ONE + rate * ONE // _PPM
        fraction = self._at % ONE
        return ONE - (fraction if fraction < ONE // 2 else fraction - ONE) // TICK

    def _sound(self, step: int) -> Picture:
        reel, fraction = self._pairing.sound, self._at % ONE
        if step != ONE or fraction:
            source = reel.cut(self.place - BEFORE, needed(fraction, step))
            return self._resampler.render(source, fraction, step)
        number, within = divmod(self.place, TICK)
        if within or not reel.first <= number < reel.end:
            return reel.cut(self.place, TICK).tobytes()
        return reel.tick(number)

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
