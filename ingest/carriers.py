"""Which carriers bring a feed's bytes, one after the other."""

import time
from collections.abc import Sequence

from flow.errors import FeedError
from flow.event import EventKind
from flow.feed import Feed, FeedKind
from ingest.carrier import Carrier
from ingest.exposure import at_door
from ingest.front import Front
from ingest.hls.pull import HlsPull
from ingest.means import Means
from ingest.notices import Notices
from ingest.rtmp.mouth import RtmpMouth
from ingest.rtmp.pull import RtmpPull
from ingest.rtsp.pull import RtspPull
from ingest.srt.receiver import SrtReceiver
from ingest.srt.tap import SrtTap
from ingest.udp.receiver import UdpReceiver
from ingest.udp.tap import UdpTap

NO_DOOR = "a publisher comes to a channel's worker alone: `xacast start` one with this feed where `xacast up` runs"


class Carriers:
    """Of one feed. `height` is the canvas's: of an HLS feed's variants the best one not higher is taken; `notices`
    hears of other senders and streams.

    `refusal` says why the last caller of an SRT listener was refused, in a word of `ingest/srt/refusal.py`; empty
    when that one was taken, or nobody has called.
    """

    def __init__(self, feed: Feed, *, height: int, means: Means, notices: Notices | None = None) -> None:
        self._feed = feed
        self._notices = notices
        self._height = height
        self._means = means
        self._tap: UdpTap | None = None
        self._srt: SrtTap | None = None
        self.refusal = ""

    def next(self, sounds: Sequence[int] = (1,)) -> Carrier | None:
        """A carrier for one life of the feed's decoder, which wants the sounds of these numbers.

        None for what the decoder opens itself. Raises FeedError when the address cannot be used.
        """
        feed, means = self._feed, self._means
        match feed.kind:
            case FeedKind.HLS:
                return HlsPull(feed.address, self._height, sounds=sounds, reach=means.reach)
            case FeedKind.UDP:
                self._tap = self._tap or UdpTap(feed, self._notices)
                return UdpReceiver(self._tap)
            case FeedKind.RTSP:
                doors = means.doors()
                return RtspPull(feed, spawn=means.spawn, ffmpeg=means.ffmpeg, reach=means.reach, doors=doors)
            case FeedKind.SRT:
                self._srt = self._srt or SrtTap(self._front)
                return SrtReceiver(self._srt)
            case FeedKind.RTMP if at_door(feed):
                if means.door is None:
                    raise FeedError(NO_DOOR)
                return RtmpMouth(means.door)
            case FeedKind.RTMP:
                return RtmpPull(feed.address, reach=means.reach)
            case _:
                return None

    @property
    def refused(self) -> int:
        """Packets of strangers that were not taken."""
        return self._tap.refused if self._tap else 0

    @property
    def stranger(self) -> bool:
        """Whether somebody else than the feed's sender sends to it just now."""
        return self._tap is not None and self._tap.stranger

    def hang_up(self) -> None:
        """The last decoder made nothing of a connection that outlives decoders: the next one gets another, since
        what is wrong may be how that one began."""
        if self._srt:
            self._srt.stop()

    def close(self) -> None:
        """No carrier is wanted, until one is asked for again."""
        tap, self._tap = self._tap, None
        if tap:
            tap.stop()
        self.hang_up()

    def _front(self) -> Front:
        self.refusal = ""  # it takes one caller, and another front follows
        return Front(
            self._feed, spawn=self._means.spawn, ffmpeg=self._means.ffmpeg, reach=self._means.reach,
            refused=self._refused,
        )

    def _refused(self, why: str) -> None:
        self.refusal = why
        if self._notices:
            self._notices.add(EventKind.CALLER_REFUSED, why, time.monotonic_ns())
