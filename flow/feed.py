"""Feeds: where a channel's picture and sound come from, and what is known of them."""

from dataclasses import dataclass
from enum import StrEnum


class FeedKind(StrEnum):
    """How a feed arrives."""

    TESTCARD = "testcard"
    FILE = "file"
    SRT = "srt"
    RTMP = "rtmp"
    RTSP = "rtsp"
    UDP = "udp"
    HLS = "hls"


class FeedState(StrEnum):
    """What a feed is doing."""

    STARTING = "starting"
    LIVE = "live"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One contribution source. `address` may hold a secret: show `shown`, never `address`."""

    address: str
    kind: FeedKind
    shown: str

    def __repr__(self) -> str:
        return f"Feed({self.kind}, {self.shown})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatus:
    """One feed as status shows it.

    `why` is one sentence, empty while all is well; `received` says what comes in ("h264 1280x720 25 fps,
    aac 48000 Hz stereo"), empty while unknown; `depth` counts ticks waiting to be shown.
    """

    kind: FeedKind
    shown: str
    state: FeedState
    why: str = ""
    received: str = ""
    sound: bool = True
    depth: int = 0
    restarts: int = 0
    on_air: bool = False
