"""A channel: a lasting output."""

from dataclasses import dataclass

from flow.encoder_kind import EncoderKind
from flow.feed import Feed
from flow.ids import ChannelId, RenditionId
from flow.ladder import CAPTIONS, Ladder, SoundGroup, sound_id
from flow.profile import Profile
from flow.rules import CONFERENCE, Rules
from flow.track import VIETNAMESE, Track, check_tracks

LOUDNESS = -23.0
"""LUFS (EBU R 128)."""
DELAY_MS = 200
"""From the coming of a feed's media to its showing."""


WINDOW_S = 7_200
"""Seconds that viewers can go back: two hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Ordered feeds, ladder and latency profile of one lasting output, and the rules by which it is switched.

    Feeds with slides stand behind all others. `logo` is the path of a picture that is laid over it, `slate` of one
    that stands behind the slate's words; empty for none. `loudness` is what speech is brought to, in LUFS, None to
    leave it as it comes; `delay_ms` passes between a feed's coming and its showing. `tracks` are its sound tracks;
    players begin with the first. `captions` is the language of the feeds' captions and its name, None when viewers
    are not offered any.
    `window_s` is how far back playlists reach, in seconds. `workers` make it at once, each all of it: one or two.
    `key_period_s` is how long a key of an encrypted channel serves, in seconds; 0 for a channel in clear.
    `encoder` is the kind that is wished for, or "auto" for the best that its machine has.
    A channel is for sites that are invited, one that is `open_to_all` for everybody who reaches the port.
    Of one that is `by_hand` the schedule leaves the picture alone.
    `region` is the code of the part of the country whose operators run it, empty for the country.
    """

    id: ChannelId
    title: str
    feeds: tuple[Feed, ...]
    ladder: Ladder
    profile: Profile
    rules: Rules = CONFERENCE
    logo: str = ""
    slate: str = ""
    loudness: float | None = LOUDNESS
    delay_ms: int = DELAY_MS
    tracks: tuple[Track, ...] = (VIETNAMESE,)
    captions: Track | None = None
    window_s: int = WINDOW_S
    workers: int = 1
    key_period_s: int = 0
    encoder: str = EncoderKind.X264
    open_to_all: bool = False
    by_hand: bool = False
    region: str = ""

    def __post_init__(self) -> None:
        check_tracks(self.tracks)

    @property
    def sounds(self) -> tuple[RenditionId, ...]:
        """Ids of all sounds' renditions: those of the first group in the order of the tracks, then the next's."""
        return tuple(name for group in self.ladder.sounds for name in self.sounds_of(group))

    def sounds_of(self, group: SoundGroup) -> tuple[RenditionId, ...]:
        """Ids of the tracks' renditions in a group of the ladder, in the order of the tracks."""
        return tuple(sound_id(at, group.id) for at in range(len(self.tracks)))

    @property
    def thumbnails(self) -> bool:
        """Whether it has thumbnails: nothing of an encrypted programme is shown in clear, so that one has none."""
        return not self.key_period_s

    @property
    def encoded(self) -> tuple[RenditionId, ...]:
        """Ids of what the encoder makes: video first, in the ladder's order, then the sound."""
        return (*(rung.id for rung in self.ladder.video), *self.sounds)

    @property
    def renditions(self) -> tuple[RenditionId, ...]:
        """Ids of all renditions: what the encoder makes, then the captions."""
        return (*self.encoded, *((CAPTIONS,) if self.captions else ()))
