"""How long a channel's bodies stay with the store after no playlist lists them any more."""

from collections.abc import Iterable, Sequence

from flow.channel import Channel
from flow.ids import RenditionId
from flow.names import InitName, MediaName, PartName, SegmentName
from flow.store import MediaKey
from packager.grid import live_segments, target_units
from packager.retention import Retention
from packager.segment import Segment
from packager.step import Step
from packager.timeline import Timeline
from packager.track import Track


class Lifetimes:
    """Says of each body when nobody may ask for it any more. Times are units, from a clock that never steps.

    A part goes three target durations after its segment's parts have left the playlist (RFC 8216bis 6.2.2), a
    segment or init section as long after as the playlist that named it last may still be played.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._parts_units = 3 * target_units(channel.profile)
        self._live_units = (live_segments(channel.profile) + 1) * channel.profile.segment
        self._retention = Retention()

    @property
    def empty(self) -> bool:
        """Whether nothing is left to let go of."""
        return self._retention.empty

    def expired(self, now: int) -> list[MediaKey]:
        """What nobody may ask for any more; each is told once."""
        return self._retention.expired(now)

    def asked_from(self, oldest: int) -> int:
        """The first place that may still be asked for, when the oldest listed is this one."""
        return max(0, oldest - self._live_units)

    def retire(self, rendition: RenditionId, track: Track, step: Step, now: int) -> None:
        """Let go, in time, of what one step took out of the playlist."""
        parts = [name for segment in step.delisted for name in segment.part_names]
        self._later(rendition, parts, now + self._parts_units)
        whole: list[MediaName] = [
            segment.name for segment in (*step.settled, *step.removed) if not segment.lost
        ]
        self._later(rendition, [*whole, *_unmapped(track, step.removed)], now + self._live_units)

    def leave(self, keys: Iterable[MediaKey], now: int) -> None:
        """Let go of what has just left a playlist, or of all that a channel taken off has."""
        self._retention.later(keys, now + self._live_units)

    def end(self, timeline: Timeline, now: int) -> None:
        """Let go of all that is listed: the channel is off, and some have its last playlists."""
        for rendition, track in timeline.tracks.items():
            self._later(rendition, track.held, now + self._live_units)

    def inherit(self, timeline: Timeline, now: int) -> None:
        """Let go of what an earlier life was still holding for late viewers.

        Those are parts of listed segments, and segments that had just left the window. Their keys were not in the
        notes; asking for one too many does no harm. What is older went by its age.
        """
        runs = [run for run, _ in timeline.runs.started]
        for rendition, track in timeline.tracks.items():
            first, live = track.first_msn, track.window.live
            left = [SegmentName(msn, run) for msn in range(max(0, first - live), first) for run in runs]
            parts = [
                PartName(segment.msn, segment.run, index)
                for segment in track.window.segments if not segment.lost
                for index in range(track.profile.chunks_per_segment)
            ]
            self._later(rendition, left, now + self._live_units)
            self._later(rendition, parts, now + self._parts_units)

    def _later(self, rendition: RenditionId, names: Sequence[MediaName], due: int) -> None:
        self._retention.later((MediaKey(self._channel.id, rendition, name) for name in names), due)


def _unmapped(track: Track, removed: list[Segment]) -> list[InitName]:
    used = track.window.maps
    if track.map:
        used.add(track.map.run)
    return [InitName(run) for run in {segment.map_run for segment in removed} - used if run]
