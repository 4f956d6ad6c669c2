"""Pictures and sound of one decoder, joined into ticks by count alone. No I/O, no clock."""

from collections import deque
from dataclasses import dataclass

from flow.tick import SILENCE, Picture

PATIENCE = 12
"""Ticks of pictures in which no sound comes at all until it is given up: then silence is used, and what comes
later for those ticks is thrown away. Sound that comes late but steadily is waited for."""

AHEAD = 250
"""Ticks of sound that may come while no picture does; when one comes, the decoder fills the gap before it."""

FIRST_PICTURE = 1_500
"""Ticks of sound that may come before the first picture: a key picture can be a minute away (F-16)."""

STILL = 6
"""Ticks of sound that wait without a picture until the last picture is shown again: slides at a picture a
second, or one in five, with somebody speaking. The pictures with which the decoder later fills that gap are
thrown away."""

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
        self._owed_pictures = 0
        self._last: tuple[Picture, ...] | None = None
        self._quiet = 0
        self._alone = 0
        self._begun = False
        self._too_late = False
        self.dropped = 0

    def add_picture(self, picture: Picture) -> None:
        """One picture more; when two seconds wait already, the oldest tick is dropped and counted."""
        self._begun = True
        self._alone = 0
        if self._owed_pictures:
            self._owed_pictures -= 1
            self._last = (picture,) * self._per_tick
            return
        self._quiet += 1
        self._pictures.append(picture)
        while len(self._pictures) > ROOM * self._per_tick:
            self._too_late = self._too_late or not self._sound
            self._next()
            self.dropped += 1

    def add_sound(self, sound: Picture) -> None:
        """One tick's sound more."""
        self._quiet = 0
        self._alone += 1
        if self._owed:
            self._owed -= 1
            return
        self._sound.append(sound)
        if len(self._sound) > FIRST_PICTURE:
            self._sound.popleft()

    def without_sound(self) -> None:
        """The feed is known to have none: no picture waits for it."""
        self._has_sound = False

    @property
    def torn(self) -> bool:
        """Whether sound has come alone for too long: counts may no longer tell what belongs together."""
        return self._alone > (AHEAD if self._begun else FIRST_PICTURE)

    @property
    def pictures(self) -> int:
        """Whole ticks of pictures that wait."""
        return len(self._pictures) // self._per_tick

    @property
    def depth(self) -> int:
        """Ticks that `take` would give now."""
        if self._sound:
            return min(self.pictures, len(self._sound)) or self._still
        given_up = not self._has_sound or self._too_late or self._quiet > PATIENCE * self._per_tick
        return self.pictures if given_up else 0

    def take(self) -> Content | None:
        """The next tick's content, or None while it is not complete."""
        return self._next() if self.depth else None

    @property
    def _still(self) -> int:
        """1 when sound has waited so long that the last picture stands in; never more, so that none is skipped."""
        return int(self._last is not None and not self.pictures and len(self._sound) > STILL)

    def _next(self) -> Content:
        pictures = self._last = self._next_pictures()
        if self._sound:
            return Content(pictures=pictures, sound=self._sound.popleft())
        if self._has_sound:
            self._owed += 1
        return Content(pictures=pictures, sound=SILENCE)

    def _next_pictures(self) -> tuple[Picture, ...]:
        if self.pictures or self._last is None:
            return tuple(self._pictures.popleft() for _ in range(self._per_tick))
        self._owed_pictures += self._per_tick - len(self._pictures)
        self._pictures.clear()
        return (self._last[-1],) * self._per_tick
