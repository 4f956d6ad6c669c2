"""A feed with a clock of its own, played on ours: what is sent, when it comes, and what is shown. No real time."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from flow.tick import SILENCE, SOUND_BYTES
from flow.timebase import TICK
from ingest.pacer import TICK_NS
from ingest.playout.pairing import Content
from ingest.playout.playout import Playout

ROUND = 32 * TICK
"""Samples after which `marked` sound repeats: skew is known within 640 ms to either side."""

Moment = Callable[[int], int | None]
"""When a tick comes, in ns of the sender's own clock; None when it never does."""


def steadily(number: int) -> int:
    """Each tick when it is over."""
    return (number + 1) * TICK_NS


def never(_: int) -> None:
    """Nothing comes."""


def picture(number: int) -> bytes:
    return number.to_bytes(4, "big")


def marked(number: int) -> bytes:
    """A tick of sound that says its place: a slow circle, left and right being its sides."""
    angle = np.arange(number * TICK, (number + 1) * TICK) % ROUND * (2 * np.pi / ROUND)
    return np.rint(20_000 * np.stack((np.cos(angle), np.sin(angle)), axis=1)).astype("<i2").tobytes()


def loud(number: int) -> bytes:
    """A tick of the second sound, steady but for its number."""
    return np.full(2 * TICK, 10_000 + number % 1_000, "<i2").tobytes()


def spoken(content: Content | None) -> int | None:
    """The number of the tick of `loud` sound in the middle of a tick; None when it is silent."""
    middle = 0 if content is None else int(np.frombuffer(content.sounds[1], "<i2")[TICK])
    return middle - 10_000 if middle else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One tick of ours: its last picture and, unless it was silent, where its sound is in the circle."""

    picture: int
    place: float | None


class Sender:
    """Ticks of a feed, handed over as its clock, `ppm` faster than ours, says."""

    def __init__(
        self, playout: Playout, *, pictures: Moment = steadily, sound: Moment = steadily, ppm: int = 0,
        per_tick: int = 1, sounds: Callable[[int], bytes] = marked, begun: int = 17_000_000,
        second: Moment = never,
    ) -> None:
        """`second` is another sound of the feed, an interpretation: what it says is `loud`."""
        self.playout = playout
        self._moments = {"picture": pictures, "sound": sound, "second": second}
        self._next = dict.fromkeys(self._moments, 0)
        self._ppm, self._per_tick, self._sounds, self._begun = ppm, per_tick, sounds, begun
        self.now = 0

    def come(self) -> None:
        """Everything that has come by now, in its order."""
        while True:
            due = [(at, kind) for kind in self._next if (at := self._at(kind)) is not None and at <= self.now]
            if not due:
                return
            at, kind = min(due)
            number = self._next[kind]
            self._next[kind] += 1
            if kind == "picture":
                for place in range(self._per_tick):
                    self.playout.add_picture(picture(number * self._per_tick + place), at)
            elif kind == "sound":
                self.playout.add_sound(self._sounds(number), at)
            else:
                self.playout.add_sound(loud(number), at, 1)

    def _at(self, kind: str) -> int | None:
        moment = self._moments[kind](self._next[kind])
        return None if moment is None else self._begun + moment * 1_000_000 // (1_000_000 + self._ppm)

    def tick(self) -> Content | None:
        """Our next tick."""
        self.now += TICK_NS
        self.come()
        return self.playout.take(self.now)

    def ticks(self, count: int) -> list[Shown | None]:
        """So many of our ticks."""
        return [shown(content) for content in (self.tick() for _ in range(count))]


def shown(content: Content | None) -> Shown | None:
    """What a tick of `marked` sound shows."""
    if content is None:
        return None
    assert len(content.sounds[0]) == SOUND_BYTES
    place = None
    if bytes(content.sounds[0]) != SILENCE:
        left, right = np.frombuffer(content.sounds[0], "<i2").reshape(TICK, 2)[TICK // 2].astype(float)
        place = float(np.arctan2(right, left)) * ROUND / (2 * np.pi)
    return Shown(picture=int.from_bytes(bytes(content.pictures[-1]), "big"), place=place)


def skew(one: Shown, per_tick: int = 1) -> float:
    """Milliseconds by which a tick's last picture is shown before its sound."""
    assert one.place is not None
    start = (one.picture - per_tick + 1) * (TICK // per_tick)
    away = (start + TICK // 2 - one.place + ROUND / 2) % ROUND - ROUND / 2
    return away / 48
