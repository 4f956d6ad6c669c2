"""Feeds: where a channel's picture and sound come from, and what is known of them."""

from dataclasses import dataclass
from enum import StrEnum

from flow.layout import Role
from flow.track import MOST_TRACKS

MOST_SOUNDS = 16
"""The highest number of a feed's sound that can be asked for."""

NO_CAPTIONS = "none"
"""Says of a film that its captions are not wanted."""

MOST_TRIM_MS = 2_000
"""By how much a feed's sound may be moved at most, either way."""


class FeedKind(StrEnum):
    """How a feed arrives."""

    TESTCARD = "testcard"
    FILE = "file"
    SRT = "srt"
    RTMP = "rtmp"
    RTSP = "rtsp"
    UDP = "udp"
    HLS = "hls"
    STILL = "still"


class FeedState(StrEnum):
    """What a feed is doing."""

    STARTING = "starting"
    LIVE = "live"
    WAITING = "waiting"
    STOPPED = "stopped"
    COLD = "cold"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One contribution source. `address` may hold a secret: show `shown`, never `address`.

    `once` is a file that is not begun again at its end; `sound` the file whose sound goes with a still picture;
    `program` the number of the wanted programme of a multiplex, 0 for the first. A `cold` one is decoded only
    while it is needed; `trim_ms` above 0 lets its sound come so much later beside its picture, below 0 earlier.

    `captions` is the path of a file with a film's captions, empty for what there is, NO_CAPTIONS for none.

    `sounds` says for each sound track of the channel which sound of the feed it carries, counted from 1, 0 for
    silence. A track of which nothing is said carries the sound at its own place. What the feed does not have is
    made up for by what the first track carries, and that by the feed's first sound.
    """

    address: str
    kind: FeedKind
    shown: str
    once: bool = False
    sound: str = ""
    program: int = 0
    role: Role = Role.MAIN
    cold: bool = False
    trim_ms: int = 0
    sounds: tuple[int, ...] = ()
    captions: str = ""

    def __post_init__(self) -> None:
        if len(self.sounds) > MOST_TRACKS or not all(0 <= number <= MOST_SOUNDS for number in self.sounds):
            message = f"sounds {self.sounds}: up to {MOST_TRACKS} numbers from 0 to {MOST_SOUNDS}"
            raise ValueError(message)

    @property
    def soundless(self) -> bool:
        """Whether it is meant to be silent: a picture without a file for its sound."""
        return self.kind is FeedKind.STILL and not self.sound

    def __repr__(self) -> str:
        return f"Feed({self.kind}, {self.shown})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatus:
    """One feed as status shows it.

    `why` is one sentence, empty while all is well; `received` says what comes in ("h264 1280x720 25 fps, aac
    48000 Hz stereo"), empty while unknown; `sounds` has a few words on each of its sounds, empty while not all
    are known; `depth` counts ticks waiting to be shown. `unprotected` says that anybody who reaches the port can
    send it, `stranger` that somebody else does just now, `refused` counts what of others was not taken;
    `bitrate` is what came in of late, in bits per second, and `lost` counts packets lost or damaged on the way;
    both 0 where unknown. `unfit` is why its picture is not fit to show ("lost", "cold", "played", "lobby",
    "black", "frozen"), empty while it is; `changed_ns` is the wall time since when that is so, 0 while unknown.
    `delay_ms` passes between a picture's coming and its showing, 0 while unknown; `rate_ppm` is by how much it
    is played faster than it says, `skew_ms` by how much its picture goes before its sound, beside what the
    operator trims. `heard` says for each sound track of the channel which sound of the feed it carries now,
    counted from 1, 0 for none. `lufs` is its loudness over 3 s, None in silence, `gain_db` what is added to it.
    `captions` says in a few words which captions the feed has ("CEA-608", "subrip vie"), and whether they cannot
    be taken; empty for none.
    """

    kind: FeedKind
    shown: str
    state: FeedState
    why: str = ""
    received: str = ""
    sound: bool = True
    sounds: tuple[str, ...] = ()
    depth: int = 0
    restarts: int = 0
    on_air: bool = False
    unprotected: bool = False
    stranger: bool = False
    refused: int = 0
    bitrate: int = 0
    lost: int = 0
    unfit: str = ""
    changed_ns: int = 0
    delay_ms: int = 0
    rate_ppm: int = 0
    skew_ms: int = 0
    lufs: float | None = None
    gain_db: float = 0.0
    heard: tuple[int, ...] = ()
    captions: str = ""
