"""Ticks on their way into one run of the encoder: pictures to one writer, the sound of each track to another."""

from collections import deque
from enum import Enum
from threading import Condition
from typing import TypeVar

from flow.tick import SOUND_CHANNELS, Picture, Tick
from transcode.command import PRIMING

LIMIT = 50
"""Ticks, two seconds: a longer wait means that the encoder cannot keep up."""

_PRIMING_BYTES = PRIMING * SOUND_CHANNELS * 2
_Item = TypeVar("_Item")


class Taken(Enum):
    """What became of an offered tick."""

    EARLY = "early"
    KEPT = "kept"
    HOLE = "a tick is missing"
    FULL = "the encoder does not keep up"


class Backlog:
    """Takes every tick of a run exactly once, from its first on; whatever would break that is refused.

    `offer` is called from one thread, `next_pictures` and each track's `next_sound` from one thread each.
    """

    def __init__(self, first: int, tracks: int = 1) -> None:
        self.first = first
        self.accepted = 0
        self._pictures: deque[tuple[Picture, ...]] = deque()
        self._sounds: tuple[deque[Picture], ...] = tuple(deque() for _ in range(tracks))
        self._changed = Condition()
        self._closed = False

    @property
    def depth(self) -> int:
        """Ticks that at least one writer has not taken."""
        return max(len(self._pictures), *map(len, self._sounds))

    def offer(self, tick: Tick) -> Taken:
        """Keep the tick, unless it comes before the run, leaves a hole, or finds no room. Never waits."""
        expected = self.first + self.accepted
        if tick.index < self.first and not self.accepted:
            return Taken.EARLY
        if tick.index != expected:
            return Taken.HOLE
        with self._changed:
            if self.depth >= LIMIT:
                return Taken.FULL
            self._pictures.append(tick.pictures)
            for waiting, sound in zip(self._sounds, tick.sounds, strict=True):
                waiting.append(sound if self.accepted else memoryview(sound)[_PRIMING_BYTES:])
            self.accepted += 1
            self._changed.notify_all()
        return Taken.KEPT

    def next_pictures(self) -> tuple[Picture, ...] | None:
        """Wait for the next tick's pictures; None once the backlog is closed."""
        return self._next(self._pictures)

    def next_sound(self, track: int = 0) -> Picture | None:
        """Wait for a track's next tick, the run's first without the encoder's priming; None once closed."""
        return self._next(self._sounds[track])

    def close(self) -> None:
        """Let go of everything and of both writers."""
        with self._changed:
            self._closed = True
            self._pictures.clear()
            for sound in self._sounds:
                sound.clear()
            self._changed.notify_all()

    def _next(self, queue: deque[_Item]) -> _Item | None:
        with self._changed:
            while not queue and not self._closed:
                self._changed.wait()
            return None if self._closed else queue.popleft()
