"""Pictures and sound of one decoder, joined into ticks by count alone. No I/O, no clock but the count of ticks."""

from dataclasses import dataclass

from flow.errors import FeedError
from flow.tick import SILENCE, Picture
from flow.timebase import TICK
from ingest.playout.picture_reel import ROOM, PictureReel
from ingest.playout.sound_reel import SoundReel

PATIENCE = 12
"""Ticks of pictures that come before any sound does until it is given up: then silence is used."""

WAIT, NEW = 3, 250
"""Ticks for which the pictures of a new feed wait when the sound beside them runs out: it may come in bursts.
Later it is given up at once (F-13): what comes for those ticks after all is thrown away."""

AHEAD = 1_500
"""Ticks of sound that may come while no picture does; when one comes, the decoder fills the gap before it."""

FIRST_PICTURE = 1_500
"""Ticks of sound that may come before the first picture: a key picture can be a minute away (F-16)."""

STILL = 6
"""Ticks of sound that wait without a picture, beyond the set delay, until a feed that ran dry goes on with its
last picture: slides at a picture a second, or one in five, with somebody speaking."""

_LATE_SOUND, _LATE_PICTURE = 25, 50
"""Ticks for which all of it must come too late before the feed is stopped for it once, to be in step again."""
_SEVERAL = 12
_BRIEF = 25
"""Ticks within which sound that is back was not lost but late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What one tick may show. `sounds` has one for each sound of the feed that is decoded, as a playout gives it,
    and one for each track of the channel from there on; then `came` has the decoded ones as they came, before
    their level was touched. `caption` is as in a tick."""

    pictures: tuple[Picture, ...]
    sounds: tuple[Picture, ...]
    caption: str = ""
    came: tuple[Picture, ...] = ()


class Pairing:
    """What has come. The n-th tick's pictures and the n-th tick's sound belong together.

    Of several sounds the first that is there leads: `lead` is its place in `sounds`, `listening` says whether it
    is waited for. The others go beside it, and nothing waits for them. `place` is the tick that is due next. Sound
    is moved by `shift` samples (above 0: later); `longer` are ticks of pictures that wait beyond the usual.
    """

    def __init__(self, pictures_per_tick: int, sounds: int = 1, *, shift: int = 0, longer: int = 0) -> None:
        self.per_tick = pictures_per_tick
        self._behind = max(0, -(shift // TICK))
        self.pictures = PictureReel(pictures_per_tick, longer + self._behind)
        self.sounds = tuple(SoundReel(shift) for _ in range(sounds))
        self.lead = 0
        self.place = 0
        self.listening = True
        self._mute = False
        self._quiet = 0
        self._waited = 0
        self._alone = 0
        self._ticks = 0
        self._lost_at: int | None = None
        self._missed = 0
        self._late_sounds = tuple(_Late(_LATE_SOUND) for _ in self.sounds)
        self._late_picture = _Late(_LATE_PICTURE)

    def widen(self, longer: int) -> None:
        """Other ticks of pictures wait beyond the usual from now on."""
        self.pictures.widen(longer + self._behind)

    @property
    def sound(self) -> SoundReel:
        """The sound that leads."""
        return self.sounds[self.lead]

    def add_picture(self, picture: Picture) -> int:
        """One picture more; gives its number."""
        self._alone = 0
        self._quiet += 1
        number = self.pictures.add(picture)
        self._late_picture.add(self._ticks, late=number // self.per_tick < self.place)
        return number

    def add_sound(self, sound: Picture, at: int = 0) -> int:
        """One tick more of the sound at that place; gives the tick's number.

        Raises FeedError for a sound beside the one that leads when it runs away from the pictures: the feed can do
        without it.
        """
        reel = self.sounds[at]
        if at != self.lead and reel.end > max(self.place, self.pictures.end // self.per_tick) + FIRST_PICTURE:
            reel.forget(reel.end)
            message = "a sound beside the first has left the pictures"
            raise FeedError(message)
        number = reel.add(sound)
        late = number < self.place
        if at == self.lead:
            self._quiet = 0
            self._alone += 1
            if late:
                self._missed += 1 if sound != SILENCE else -1
        if len(reel) > FIRST_PICTURE:
            reel.forget(reel.end - FIRST_PICTURE)
        self._late_sounds[at].add(self._ticks, late=late)
        return number

    def without_sound(self) -> None:
        """The feed is known to have none: no picture waits for it."""
        self._mute, self.listening = True, False

    @property
    def torn(self) -> bool:
        """Whether sound has come alone for too long: counts may no longer tell what belongs together."""
        return self._alone > (AHEAD if self.pictures.end else FIRST_PICTURE)

    @property
    def complete(self) -> int:
        """How many ticks have all that they wait for, counted from the decoder's zero. Pictures whose sound is to
        be heard earlier wait as long while none comes: it may be back."""
        pictures = self.pictures.end // self.per_tick - self._behind
        return min(pictures, self.sound.end) if self.listening else pictures

    @property
    def pictured(self) -> bool:
        """Whether the pictures of the tick that is due are there."""
        return self.pictures.end >= (self.place + 1) * self.per_tick

    def due(self, place: int) -> None:
        """Another tick is due. Sound that never came is given up; sound that is back is used."""
        self._ticks += 1
        self.place = place
        if self.listening:
            self.listening = self.sound.end > place or self._quiet <= PATIENCE * self.per_tick
        elif not self._mute and self.sound.end > place + 1:
            self.listening = True
        if len(self.sounds) > 1:
            self._follow_first()

    def _follow_first(self) -> None:
        """The first sound that is there leads; one that is waited for yields only to those before it."""
        first = next((at for at, reel in enumerate(self.sounds) if reel.has(self.place + 1)), self.lead)
        if first < self.lead or (first > self.lead and not self.listening):
            self._lead_with(first)

    def _lead_with(self, at: int) -> None:
        self.lead, self.listening = at, True
        self._waited = self._quiet = self._alone = self._missed = 0
        self._lost_at = None

    def lacks_sound(self, age: int) -> bool:
        """Whether the pictures of a feed that has been shown for `age` ticks wait for sound that has run out; when
        they do not, it is given up."""
        self._waited += 1
        self.listening = age < NEW and self._waited <= WAIT
        self._lost_at, self._missed = None if self.listening else self._ticks, 0
        return self.listening

    def has_sound(self) -> bool:
        """The tick that is due has its sound; and gives whether that was given up a moment ago: it was late.

        What was never sent was not: silence is laid there when the next sound comes, behind the end of the last.
        """
        late = self._lost_at is not None and self._ticks - self._lost_at <= _BRIEF and self._missed > 0
        self._waited, self._lost_at = 0, None
        return late

    @property
    def overdue(self) -> bool:
        """Whether one of the two comes steadily, but always too late for a tick that is past: the feed must be
        stopped for it, or it would never be used. Not for what is two seconds behind."""
        if self._steadily_late() is not None:
            return True
        return self.listening and self._late_picture.steady(self._ticks, _SEVERAL * self.per_tick)

    def _steadily_late(self) -> int | None:
        """The first sound that ought to lead and would, if the feed were stopped for it."""
        ought = range(self.lead if self.listening else self.lead + 1)
        return next((
            at for at in ought
            if not self._mute and self.place - self.sounds[at].end < ROOM - 10
            and self._late_sounds[at].steady(self._ticks, _SEVERAL)
        ), None)

    def stop(self, *, for_sound: bool) -> None:
        """The feed stops for a moment: lateness is counted anew."""
        late = self._steadily_late()
        if late is not None:
            self.lead = late
        self._late_sounds = tuple(_Late(_LATE_SOUND) for _ in self.sounds)
        self._late_picture = _Late(_LATE_PICTURE)
        self._waited = self._quiet = 0
        self.listening = self.listening or for_sound


class _Late:
    """A row of arrivals that were all too late."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._count = 0
        self._since = 0

    def add(self, tick: int, *, late: bool) -> None:
        if not late:
            self._count = 0
            return
        if not self._count:
            self._since = tick
        self._count += 1

    def steady(self, tick: int, several: int) -> bool:
        """What comes at once, as the fill of a hole or a slow slide's pictures do, spans no time."""
        return self._count >= several and tick - self._since >= self._least
