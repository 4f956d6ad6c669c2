"""A feed's sounds on their way to the channel's tracks: each is levelled, then given to those that carry it."""

from collections.abc import Sequence

from flow.feed import Feed
from flow.tick import Picture
from ingest.leveller import Leveller
from ingest.loudness import Loudness
from ingest.sound_plan import plan_of
from ingest.track_sounds import TrackSounds


class Hearing:
    """Of one feed, in a channel with so many `tracks`. `target` is in LUFS, None to leave the sound alone.

    `streams` are the numbers of the feed's sounds that must be decoded for it. No I/O, no clock.
    """

    def __init__(self, feed: Feed, *, tracks: int, target: float | None) -> None:
        plan = plan_of(feed, tracks)
        self.streams = plan.streams
        self._levellers = tuple(Leveller(target) for _ in plan.streams)
        self._tracks = TrackSounds(plan)

    @property
    def loudness(self) -> Loudness:
        """How loud the first of them is, and what is done about it."""
        return self._levellers[0].loudness

    @property
    def heard(self) -> tuple[int, ...]:
        """For each track the number of the sound that it carries, 0 for none."""
        return self._tracks.heard

    def aim(self, target: float | None) -> None:
        """Another loudness is wanted from now on; from any thread."""
        for leveller in self._levellers:
            leveller.aim(target)

    def has(self, count: int) -> None:
        """The feed is known to have so many sounds; from any thread."""
        self._tracks.lacks(number for number in self.streams if number > count)

    def tick(self, sounds: Sequence[Picture], there: Sequence[bool]) -> tuple[Picture, ...]:
        """One tick's sound of each track; `there` says which of `sounds` were not made up."""
        levelled = [one.process(sound) for one, sound in zip(self._levellers, sounds, strict=True)]
        return self._tracks.of(levelled, there)

    def rest(self) -> None:
        """The feed stops here: what was held back is never heard."""
        for leveller in self._levellers:
            leveller.rest()
