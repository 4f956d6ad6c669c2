"""Makes each tick of what was decided for it: picture and sound change without a click, cut or blended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flow.tick import SILENCE, Picture, Tick
from ingest.blend import blended
from ingest.fades import crossed, joined, tail
from ingest.pairing import Content
from ingest.slate import Slate
from ingest.switching import Show

MS_PER_TICK = 40

Contents = Sequence[Content | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fade:
    """A cross-fade under way: from which feed, its last picture and sound should it be lost, the ticks shown."""

    origin: int
    still: Picture
    sound: Picture
    shown: int = 0


class Mixer:
    """Remembers what was shown last. `blend` is the ticks of a cross-fade between two feeds, 0 for a cut.

    To and from the slate it is always a cut. In a cross-fade the leaving feed goes on as long as it lives; a lost
    one is left from its last picture.
    """

    def __init__(self, slate: Slate, *, per_tick: int, blend: int = 0) -> None:
        self._slate = slate
        self._per_tick = per_tick
        self._blend = blend
        self._heard: int | None = None  # the feed whose sound was in the last tick
        self._seen: int | None = None  # the feed whose picture was in it, live or held
        self._picture: Picture | None = None
        self._sound: Picture = SILENCE
        self._fade: Fade | None = None

    def tick(self, index: int, show: Show, feed: int | None, contents: Contents) -> Tick:
        """The tick of that place on the grid."""
        live = contents[feed] if show is Show.LIVE and feed is not None else None
        if live is None or feed is None:
            tick = self._without(index, show, contents)
        else:
            tick = self._with(index, feed, live, contents)
        self._picture, self._sound = tick.pictures[-1], tick.sound
        return tick

    def slate(self, index: int) -> Tick:
        """The slate in silence, whatever was on air."""
        picture = self._slate.picture(index * MS_PER_TICK)
        return Tick(index=index, pictures=(picture,) * self._per_tick, sound=SILENCE)

    def _without(self, index: int, show: Show, contents: Contents) -> Tick:
        """The last picture or the slate; what was heard fades out."""
        tick = self.slate(index)
        if show is Show.HELD and self._seen is not None and self._picture is not None:
            tick = replace(tick, pictures=(self._picture,) * self._per_tick)
        else:
            self._seen = None
        if self._heard is not None:
            tick = replace(tick, sound=joined(self._leaving(contents), SILENCE))
        self._heard = self._fade = None
        return tick

    def _with(self, index: int, feed: int, live: Content, contents: Contents) -> Tick:
        """A live feed; when it was not on air in the last tick, it comes in as the channel wants it."""
        if self._blend and self._seen not in (None, feed) and self._picture is not None:
            sound = SILENCE if self._heard is None else self._sound
            self._fade = Fade(origin=self._seen or 0, still=self._picture, sound=sound)
        if self._fade is not None:
            tick = self._faded(index, self._fade, live, contents)
        elif self._heard == feed:
            tick = Tick(index=index, pictures=live.pictures, sound=live.sound)
        else:
            tick = Tick(index=index, pictures=live.pictures, sound=joined(self._leaving(contents), live.sound))
        self._heard = self._seen = feed
        return tick

    def _faded(self, index: int, fade: Fade, live: Content, contents: Contents) -> Tick:
        before, steps = contents[fade.origin], self._blend * self._per_tick + 1
        stills = (fade.still,) * self._per_tick
        pictures = tuple(
            blended(leaving, coming, fade.shown * self._per_tick + at, steps)
            for at, (leaving, coming) in enumerate(
                zip(before.pictures if before else stills, live.pictures, strict=True), start=1,
            )
        )
        gone = before.sound if before else joined(tail(fade.sound), SILENCE)
        sound = crossed(gone, live.sound, fade.shown, self._blend)
        self._fade = None if fade.shown + 1 == self._blend else replace(fade, sound=gone, shown=fade.shown + 1)
        return Tick(index=index, pictures=pictures, sound=sound)

    def _leaving(self, contents: Contents) -> Picture:
        """How the sound of the last tick goes on."""
        content = None if self._heard is None else contents[self._heard]
        return tail(self._sound) if content is None else content.sound
