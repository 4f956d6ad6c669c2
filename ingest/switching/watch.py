"""Watches one feed's picture and sound, as often as it pays, and says what is seen of it in each tick."""

from collections.abc import Sequence

from flow.canvas import Canvas
from flow.feed import Feed, FeedKind
from flow.rules import Rules
from flow.tick import Picture
from ingest.pictures.planes import Plane
from ingest.playout.pairing import Content
from ingest.switching.fitness import GONE, Sight
from ingest.switching.measures import apart, bright_share, level_dbfs, moved_share, sample_of, thumbnail

EVERY = 5
"""Ticks between two measurements: what matters lasts for seconds, and between them the last one holds."""


class Watch:
    """One feed. `turn` spreads the measurements of several feeds over the ticks. One that `stands` is a still
    picture: that it does not move, and may be as dark as it is, is no fault. Nor is the silence of one that is
    `mute`.

    A picture stands still while it is what it was when it last moved, so that slow movement adds up and counts.
    """

    def __init__(
        self, canvas: Canvas, rules: Rules, *, turn: int = 0, lobby: bytes | None = None, stands: bool = False,
        mute: bool = False,
    ) -> None:
        self.lobby = lobby
        self._stands = stands
        self._mute = mute
        self._heard = False
        self._canvas = canvas
        self._rules = rules
        self._turn = turn % EVERY
        self._sight = GONE
        self._still: Plane | None = None
        self._newest: Plane | None = None

    def see(self, index: int, content: Content | None) -> Sight:
        """What is seen in the tick of that place, when the feed gives this content for it. Whoever is heard in
        any track is heard."""
        if content is None:
            self._sight, self._heard = GONE, False
            return self._sight
        # Sound is listened to in every tick until somebody is heard: a word, or the test card's beep, is shorter
        # than the time between two measurements.
        self._heard = self._heard or self._hears(content)
        if not self._sight.alive or index % EVERY == self._turn:
            self._sight = self._measured(content)
            self._heard = False
        return self._sight

    def look(self) -> bytes | None:
        """The thumbnail of the picture measured last, to be taught as lobby; None before there was one."""
        newest = self._newest
        return None if newest is None else thumbnail(newest)

    def at_lobby(self) -> bool:
        """Whether the picture measured last is the lobby picture, as far as the rules tell them apart."""
        lobby, newest = self.lobby, self._newest
        if lobby is None or newest is None:
            return False
        return apart(lobby, thumbnail(newest)) <= self._rules.lobby_level

    def _measured(self, content: Content) -> Sight:
        rules = self._rules
        try:
            sample = sample_of(content.pictures[-1], self._canvas)
        except ValueError:  # not a picture of this canvas: nothing can be said against it, so it is shown
            return Sight(alive=True)
        frozen = self._still is not None and moved_share(self._still, sample, rules.moved) <= rules.moved_share
        if not frozen:
            self._still = sample
        self._newest = sample
        return Sight(
            alive=True, frozen=frozen and not self._stands,
            black=not self._stands and bright_share(sample, rules.dark) <= rules.bright_share,
            silent=not self._heard and not self._mute,
            lobby=self.at_lobby(),
        )

    def _hears(self, content: Content) -> bool:
        # Of what came, not of what our own gain of up to 15 dB either way has made of it: that would call a hall's
        # noise silence after a loud speaker, and the hiss of a dead line sound after a soft one (F-18).
        sounds = content.came or content.sounds
        return any(level_dbfs(sound) >= self._rules.quiet_dbfs for sound in _once(sounds))


def watches_of(feeds: Sequence[Feed], canvas: Canvas, rules: Rules) -> tuple[Watch, ...]:
    """One for each of a channel's feeds, in their order."""
    return tuple(
        Watch(canvas, rules, turn=at, stands=feed.kind is FeedKind.STILL, mute=feed.soundless)
        for at, feed in enumerate(feeds)
    )


def _once(sounds: tuple[Picture, ...]) -> list[Picture]:
    """Without what several tracks carry alike."""
    return list({id(sound): sound for sound in sounds}.values())
