"""One sound of a feed, read at the place that is shown. No I/O, no clock."""

from flow.tick import SILENCE, Picture
from flow.timebase import TICK
from ingest.playout.resampler import BEFORE, FRACTION, ONE, Resampler, needed
from ingest.playout.sound_reel import SoundReel
from ingest.playout.splice import edged


class Voice:
    """Places are samples since the decoder's zero with FRACTION bits behind them; `step` is how far one sample of
    ours goes in the feed. `heard` says whether the last tick had any of it."""

    def __init__(self, reel: SoundReel, resampler: Resampler) -> None:
        self._reel = reel
        self._resampler = resampler
        self._silent = True
        self.heard = False

    def reaches(self, at: int, step: int, *, exact: bool) -> bool:
        """Whether all of the tick at that place is there; `exact` says that it is played as it came."""
        place, fraction = at >> FRACTION, at % ONE
        length = TICK if exact and not fraction else needed(fraction, step) - BEFORE
        return self._reel.first * TICK <= place and self._reel.end * TICK >= place + length

    def hear(self, at: int, step: int) -> Picture:
        """The tick at that place: as it came, cut from two ticks, or resampled. Its edge is faded where silence
        begins or ends."""
        self.heard = True
        begins, self._silent = self._silent, self._reel.end * TICK < (at >> FRACTION) + 2 * TICK
        return edged(self._sound(at, step), begins=begins, ends=self._silent)

    def hush(self) -> Picture:
        """Silence in place of a tick that is not there, or was given up."""
        self.rest()
        return SILENCE

    def rest(self) -> None:
        """What comes next does not follow what was heard last."""
        self._silent, self.heard = True, False

    def _sound(self, at: int, step: int) -> Picture:
        place, fraction = at >> FRACTION, at % ONE
        if step != ONE or fraction:
            source = self._reel.cut(place - BEFORE, needed(fraction, step))
            return self._resampler.render(source, fraction, step)
        number, within = divmod(place, TICK)
        if within or not self._reel.first <= number < self._reel.end:
            return self._reel.cut(place, TICK).tobytes()
        return self._reel.tick(number)
