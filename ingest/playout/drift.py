"""At which rate a feed is played so that its delay stays as set, whatever its clock does. Pure, in integers."""

from dataclasses import dataclass, replace
from typing import Self

from flow.timebase import SCALE

MOST = 1_000
"""Parts per million by which a feed is played faster or slower at most: 0.1 %, less than 2 cents of pitch."""
SLEW = 2
"""Parts per million by which the rate changes in a tick: from none to most in 20 s, which no ear follows."""
ASLEEP = SCALE * 18 // 1_000
"""Samples that a delay may miss its target while the feed is played as it is: 18 ms. A feed on our own clock is
never touched."""
_SETTLED = SCALE * 2 // 1_000
_SMALL = 4
"""A delay within 2 ms, and a drift within 4 ppm: the feed is played as it is again."""

_GAIN = 20
"""Parts per million for each ms of error: it is halved in 35 s."""
_LEARN = 400
"""Thousandths of a ppm learned from each ms of error in each window of 4 s: a quarter of the square of the gain,
so that the delay comes back without swinging."""
_MS = SCALE // 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A proportional and integral controller. `rate` is in ppm; above 0 the feed is played faster.

    `learned` is the feed's own drift in thousandths of a ppm, as far as it is known.
    """

    rate: int = 0
    wanted: int = 0
    learned: int = 0
    steering: bool = False

    def judged(self, error: int) -> Self:
        """The state after a window whose delay was `error` samples too long."""
        if not self.steering and abs(error) <= ASLEEP:
            return self
        far = abs(error) * _GAIN // _MS > MOST  # a break or a burst, which says nothing about the clock
        learned = self.learned if far else _within(self.learned + error * _LEARN // _MS, 1_000 * MOST)
        if abs(error) < _SETTLED and abs(learned) < 1_000 * _SMALL:
            return replace(self, wanted=0, learned=0, steering=False)
        wanted = _within(error * _GAIN // _MS + learned // 1_000, MOST)
        return replace(self, wanted=wanted, learned=learned, steering=True)

    def after(self) -> Self:
        """The state after one tick on air: the rate goes on towards what is wanted."""
        if self.rate == self.wanted:
            return self
        return replace(self, rate=self.rate + _within(self.wanted - self.rate, SLEW))


def _within(value: int, most: int) -> int:
    return max(-most, min(most, value))
