"""A feed's sounds on their way to the channel's tracks: each is levelled, then given to those that carry it."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

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

    def __init__(
        self, feed: Feed, *, tracks: Sequence[Track], target: float | None, notices: Notices,
        decoded: tuple[int, ...] = (), levellers: Mapping[int, Leveller] = MappingProxyType({}),
    ) -> None:
        """`decoded` are sounds that are decoded already, `levellers` those of an earlier choice, by number."""
        plan = plan_of(feed, len(tracks), decoded)
        self._channel = tuple(tracks)
        self._target = target
        self._notices = notices
        self._astray = (False,) * len(tracks)
        self.streams = plan.streams
        self._levellers = tuple(levellers.get(number) or Leveller(target) for number in plan.streams)
        self._tracks = TrackSounds(plan)

    def chosen(self, feed: Feed) -> "Hearing":
        """With what that feed, which has other `sounds` now, gives to the tracks: itself where what is decoded is
        enough for it, else another one, for another decoder. A sound that both have goes on at its level."""
        plan = plan_of(feed, len(self._channel), self.streams)
        if plan.streams == self.streams:
            self._tracks.choose(plan)
            return self
        return Hearing(
            feed, tracks=self._channel, target=self._target, notices=self._notices, decoded=self.streams,
            levellers=dict(zip(self.streams, self._levellers, strict=True)),
        )

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
        self._target = target
        for leveller in self._levellers:
            leveller.aim(target)

    def has(self, count: int, apart: Collection[int] = ()) -> None:
        """The feed is known to have so many sounds, those that come `apart` among them; from any thread."""
        together = count - len(apart)
        self._tracks.lacks(number for number in self.streams if number > together and number not in apart)

    def tick(self, sounds: Sequence[Picture], there: Sequence[bool], now_ns: int) -> tuple[Picture, ...]:
        """One tick's sound of each track; `there` says which of `sounds` were not made up."""
        levelled = [one.process(sound) for one, sound in zip(self._levellers, sounds, strict=True)]
        tracks = self._tracks.of(levelled, there)
        if len(self._channel) > 1:
            self._notice(now_ns)
        return tracks

    def _notice(self, now_ns: int) -> None:
        before, self._astray = self._astray, self._tracks.astray
        for track, was, now in zip(self._channel, before, self._astray, strict=True):
            if was != now:
                self._notices.add(EventKind.TRACK_LOST if now else EventKind.TRACK_BACK, track.name, now_ns)

    def rest(self) -> None:
        """The feed stops here: what was held back is never heard."""
        for leveller in self._levellers:
            leveller.rest()
