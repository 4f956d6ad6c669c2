"""A feed's sounds on their way to the channel's tracks: each is levelled, then given to those that carry it."""

from collections.abc import Sequence

from flow.event import EventKind
from flow.feed import Feed
from flow.tick import Picture
from flow.track import Track
from ingest.levels.leveller import Leveller
from ingest.levels.loudness import Loudness
from ingest.notices import Notices
from ingest.sound_plan import plan_of
from ingest.track_sounds import TrackSounds


class Hearing:
    """Of one feed, in a channel with these `tracks`. `target` is in LUFS, None to leave the sound alone; `notices`
    hears of tracks, where there are several, that lose or get back the sound that they are to carry.

    `streams` are the numbers of the feed's sounds that must be decoded for it. No I/O; times are handed in.
    """

    def __init__(self, feed: Feed, *, tracks: Sequence[Track], target: float | None, notices: Notices) -> None:
        plan = plan_of(feed, len(tracks))
        self._names = tuple(track.name for track in tracks)
        self._notices = notices
        self._astray = (False,) * len(tracks)
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

    def tick(self, sounds: Sequence[Picture], there: Sequence[bool], now_ns: int) -> tuple[Picture, ...]:
        """One tick's sound of each track; `there` says which of `sounds` were not made up."""
        levelled = [one.process(sound) for one, sound in zip(self._levellers, sounds, strict=True)]
        tracks = self._tracks.of(levelled, there)
        if len(self._names) > 1:
            self._notice(now_ns)
        return tracks

    def _notice(self, now_ns: int) -> None:
        before, self._astray = self._astray, self._tracks.astray
        for name, was, now in zip(self._names, before, self._astray, strict=True):
            if was != now:
                self._notices.add(EventKind.TRACK_LOST if now else EventKind.TRACK_BACK, name, now_ns)

    def rest(self) -> None:
        """The feed stops here: what was held back is never heard."""
        for leveller in self._levellers:
            leveller.rest()
