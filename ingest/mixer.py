"""Makes each tick of what was decided for it: picture and sound change without a click, cut or blended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flow.tick import SILENCE, Picture, Tick
from ingest.fades import crossed, joined, tail
from ingest.pictures.blend import blended
from ingest.pictures.slates import Slates
from ingest.playout.pairing import Content
from ingest.switching.switching import Show

MS_PER_TICK = 40

Contents = Sequence[Content | None]
Sounds = tuple[Picture, ...]
"""One for each track of the channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fade:
    """A cross-fade under way: from which feed, its last picture and sounds should it be lost, the ticks shown.

    `origin` is None where what is left is the mix of an earlier fade, which does not go on by itself.
    """

    origin: int | None
    still: Picture
    sounds: Sounds
    shown: int = 0


class Mixer:
    """Remembers what was shown last. `blend` is the ticks of a cross-fade between two feeds, 0 for a cut; `tracks`
    counts the channel's sound tracks, which change alike.

    To and from the slate it is always a cut. In a cross-fade the leaving feed goes on as long as it lives; a lost
    one is left from its last picture.
    """

    def __init__(self, slates: Slates, *, per_tick: int, blend: int = 0, tracks: int = 1) -> None:
        self._slates = slates
        self._toned = False  # whether the last tick had the slate's own sound
        self._per_tick = per_tick
        self._blend = blend
        self._heard: int | None = None  # the feed whose sound was in the last tick
        self._seen: int | None = None  # the feed whose picture was in it, live or held
        self._picture: Picture | None = None
        self._silence: Sounds = (SILENCE,) * tracks
        self._sounds: Sounds = self._silence
        self._fade: Fade | None = None

    def tick(self, index: int, show: Show, feed: int | None, contents: Contents) -> Tick:
        """The tick of that place on the grid."""
        live = contents[feed] if show is Show.LIVE and feed is not None else None
        if live is None or feed is None:
            tick = self._without(index, show, contents)
        else:
            tick = replace(self._with(index, feed, live, contents), caption=live.caption)
        self._picture, self._sounds = tick.pictures[-1], tick.sounds
        return tick

    def slate(self, index: int) -> Tick:
        """The slate, with what belongs to it to be heard, whatever was on air."""
        picture, sound = self._slates.picture(index * MS_PER_TICK), self._slates.sound(index)
        sounds = self._silence if sound is None else (sound,) * len(self._silence)
        return Tick(index=index, pictures=(picture,) * self._per_tick, sounds=sounds)

    def _without(self, index: int, show: Show, contents: Contents) -> Tick:
        """The last picture or the slate; what was heard fades out."""
        tick = self.slate(index)
        if show is Show.HELD and self._seen is not None and self._picture is not None:
            tick = replace(tick, pictures=(self._picture,) * self._per_tick, sounds=self._silence)
        else:
            self._seen = None
        toned = show is Show.SLATE and self._slates.toned
        if self._heard is not None or toned is not self._toned:
            tick = replace(tick, sounds=_joined(self._leaving(contents), tick.sounds))
        self._heard, self._fade, self._toned = None, None, toned
        return tick

    def _with(self, index: int, feed: int, live: Content, contents: Contents) -> Tick:
        """A live feed; when it was not on air in the last tick, it comes in as the channel wants it."""
        if self._blend and self._seen not in (None, feed) and self._picture is not None:
            sounds = self._silence if self._heard is None else self._sounds
            # In the middle of a fade neither feed is what was seen and heard last: their mix is, and is left so.
            origin = self._seen if self._fade is None else None
            self._fade = Fade(origin=origin, still=self._picture, sounds=sounds)
        if self._fade is not None:
            tick = self._faded(index, self._fade, live, contents)
        elif self._heard == feed:
            tick = Tick(index=index, pictures=live.pictures, sounds=live.sounds)
        else:
            tick = Tick(index=index, pictures=live.pictures, sounds=_joined(self._leaving(contents), live.sounds))
        self._heard = self._seen = feed
        self._toned = False
        return tick

    def _faded(self, index: int, fade: Fade, live: Content, contents: Contents) -> Tick:
        before = contents[fade.origin] if fade.origin is not None else None
        steps = self._blend * self._per_tick + 1
        stills = (fade.still,) * self._per_tick
        pictures = tuple(
            blended(leaving, coming, fade.shown * self._per_tick + at, steps)
            for at, (leaving, coming) in enumerate(
                zip(before.pictures if before else stills, live.pictures, strict=True), start=1,
            )
        )
        gone = before.sounds if before else _joined(_tails(fade.sounds), self._silence)
        sounds = tuple(
            crossed(leaving, coming, fade.shown, self._blend)
            for leaving, coming in zip(gone, live.sounds, strict=True)
        )
        self._fade = None if fade.shown + 1 == self._blend else replace(fade, sounds=gone, shown=fade.shown + 1)
        return Tick(index=index, pictures=pictures, sounds=sounds)

    def _leaving(self, contents: Contents) -> Sounds:
        """How the sounds of the last tick go on."""
        content = None if self._heard is None or self._fade is not None else contents[self._heard]
        return _tails(self._sounds) if content is None else content.sounds


def _joined(leaving: Sounds, coming: Sounds) -> Sounds:
    return tuple(joined(one, other) for one, other in zip(leaving, coming, strict=True))


def _tails(sounds: Sounds) -> Sounds:
    return tuple(tail(sound) for sound in sounds)
