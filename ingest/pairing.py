"""Pictures and sound of one decoder, joined into ticks by count alone. No I/O, no clock."""

from collections import deque
from dataclasses import dataclass

from flow.tick import SILENCE, Picture

PATIENCE = 12
"""Ticks that a picture waits for its sound; then silence is used, and the sound is thrown away when it comes."""

ROOM = 50
"""Ticks kept at most: two seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What one tick may show."""

    pictures: tuple[Picture, ...]
    sound: Picture


class Pairing:
    """Two queues that advance together. The n-th tick's pictures and the n-th tick's sound belong together."""

    def __init__(self, pictures_per_tick: int) -> None:
        self._per_tick = pictures_per_tick
        self._has_sound = True
        self._pictures: deque[Picture] = deque()
        self._sound: deque[Picture] = deque()
        self._owed = 0
        self.dropped = 0

    def add_picture(self, picture: Picture) -> None:
        """One picture more; when two seconds wait already, the oldest tick is dropped and counted."""
        self._pictures.append(picture)
        while len(self._pictures) > ROOM * self._per_tick:
            self.take()
            self.dropped += 1

    def add_sound(self, sound: Picture) -> None:
        """One tick's sound more."""
        if self._owed:
            self._owed -= 1
            return
        self._sound.append(sound)
        if len(self._sound) > ROOM * 2:
            self._sound.popleft()

    def without_sound(self) -> None:
        """The feed is known to have none: no picture waits for it."""
        self._has_sound = False

    @property
    def torn(self) -> bool:
        """Whether sound has run two seconds ahead of the picture: counts no longer tell what belongs together."""
        return len(self._sound) > ROOM + self.pictures

    @property
    def pictures(self) -> int:
        """Whole ticks of pictures that wait."""
        return len(self._pictures) // self._per_tick

    @property
    def depth(self) -> int:
        """Ticks that `take` would give now."""
        if not self._has_sound:
            return self.pictures
        return min(self.pictures, max(len(self._sound), self.pictures - PATIENCE))

    def take(self) -> Content | None:
        """The next tick's content, or None while it is not complete."""
        if not self.depth:
            return None
        pictures = tuple(self._pictures.popleft() for _ in range(self._per_tick))
        if self._sound:
            return Content(pictures=pictures, sound=self._sound.popleft())
        if self._has_sound:
            self._owed += 1
        return Content(pictures=pictures, sound=SILENCE)
