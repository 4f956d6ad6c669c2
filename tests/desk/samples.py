"""Values that many tests of the desk start from."""

from typing import Any

from flow.canvas import Canvas
from flow.channel import Channel
from flow.event import Event, EventKind, severity_of
from flow.feed import Feed, FeedKind, FeedState, FeedStatus
from flow.ids import ChannelId, RenditionId
from flow.ladder import Ladder, Rendition, SoundGroup
from flow.profile import PROFILES, ProfileName
from flow.status import HeadendLink, WorkerStatus

LADDER = Ladder(
    name="tiny", canvas=Canvas(width=426, height=240), sounds=(SoundGroup(bitrate=64_000),),
    video=(
        Rendition(
            id=RenditionId("v240"), width=426, height=240, fps=25, crf=28, maxrate=250_000, bufsize=250_000,
            preset="ultrafast",
        ),
    ),
)
FEED = Feed(address="srt://10.0.0.5:9000?passphrase=hush", kind=FeedKind.SRT, shown="srt://10.0.0.5:9000")


def channel(name: str = "hop", title: str = "Họp giao ban", *, open_to_all: bool = False) -> Channel:
    """A channel with one feed that has a secret."""
    return Channel(
        id=ChannelId(name), title=title, feeds=(FEED,), ladder=LADDER, profile=PROFILES[ProfileName.LOW],
        open_to_all=open_to_all,
    )


def feed_status(state: FeedState = FeedState.LIVE, why: str = "", *, sound: bool = True) -> FeedStatus:
    """Of that feed."""
    return FeedStatus(
        kind=FeedKind.SRT, shown=FEED.shown, state=state, why=why, sound=sound, on_air=state is FeedState.LIVE,
        received="h264 1280x720 25 fps, aac 48000 Hz stereo",
    )


def worker_status(
    on_air: str = "live", *, wall_ns: int = 1_795_309_323_000_000_000, encoder_why: str = "",
    feeds: tuple[FeedStatus, ...] | None = None, link_why: str = "",
) -> WorkerStatus:
    """Of a worker that has been on air for two minutes."""
    return WorkerStatus(
        channel="hop", pid=42, wall_ns=wall_ns, on_air=on_air, ticks=3_000, ticks_held=25, ticks_slate=10,
        ticks_late=0, run=7, encoder_restarts=1, encoder_depth=2, encoder_why=encoder_why,
        feeds=(feed_status(),) if feeds is None else feeds,
        headends=(HeadendLink(address="http://127.0.0.1:8070", connected=True, waiting=0, lost=0, why=link_why),),
    )


def event(wall_ns: int, kind: EventKind = EventKind.SLATE_ON, channel: str = "hop", **words: Any) -> Event:
    """Of that channel's first feed, unless `data` says otherwise."""
    data = {"feed": 1, "shown": FEED.shown, "reason": "lost"}
    return Event(**{"wall_ns": wall_ns, "channel": channel, "kind": kind, "severity": severity_of(kind),
                    "data": data, **words})
