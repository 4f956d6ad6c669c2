"""What the store still has of what a channel lists: the lists follow it, and never name what is gone."""

import logging
from collections.abc import Mapping

from flow.ids import ChannelId, RenditionId
from flow.names import SegmentName
from flow.store import MediaKey, StoreWriter
from flow.timebase import SCALE
from packager.segment import Segment
from packager.timeline import Timeline

SENT_AGAIN = 30 * SCALE
"""Workers keep so much, and send it again to a headend that has begun anew."""

_log = logging.getLogger(__name__)


class Holdings:
    """One channel's timeline beside its store."""

    def __init__(self, channel: ChannelId, store: StoreWriter, timeline: Timeline) -> None:
        self._channel = channel
        self._store = store
        self._timeline = timeline

    def take_stock(self, now: int) -> None:
        """After a restart: list what an earlier life named and the store does not have as gaps, or not at all;
        what is missing of the newest is waited for, since it is sent again."""
        for rendition, track in self._timeline.tracks.items():
            named = track.named
            keys = {name: MediaKey(self._channel, rendition, name) for name in named}
            missing = frozenset(name for name, key in keys.items() if not self._store.keeps(key))
            if missing:
                _log.warning(
                    "channel %s %s: the store lost %d of %d bodies, waited for, gaps or no longer listed",
                    self._channel, rendition, len(missing), len(named),
                )
                track.do_without(missing, now - SENT_AGAIN)

    def listed(self, key: MediaKey) -> int | None:
        """The number of a segment that its rendition's list names; None for anything else."""
        if not isinstance(key.name, SegmentName):
            return None
        segment = self._timeline.tracks[key.rendition].window.find(key.name.msn)
        return key.name.msn if segment is not None and segment.name == key.name else None

    def give_up(self, lost: Mapping[RenditionId, set[int]]) -> None:
        """List these segments as gaps: the disk never got them."""
        for rendition, numbers in lost.items():
            _log.warning(
                "channel %s %s: %d segments are not on the disk and cannot be gone back to",
                self._channel, rendition, len(numbers),
            )
            track = self._timeline.tracks[rendition]
            track.window = track.window.without_bodies(numbers)

    def follow(self) -> None:
        """Begin the lists where the disk begins: on a full one the oldest segments make room for new ones."""
        firsts = [
            next((segment.msn for segment in track.window.past.rows() if self._playable(name, segment)), 0)
            for name, track in self._timeline.tracks.items() if len(track.window.past)
        ]
        self._timeline.begin_at(max(firsts, default=0))

    def _playable(self, rendition: RenditionId, segment: Segment) -> bool:
        if segment.lost and not segment.gone:
            return True
        return self._store.keeps(MediaKey(self._channel, rendition, segment.name))
