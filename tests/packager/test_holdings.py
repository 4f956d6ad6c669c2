from flow.names import InitName, SegmentName
from flow.store import MediaKey
from packager.holdings import Holdings
from packager.timeline import Timeline
from tests.packager.shelf import RecordingShelf
from tests.recorded.builder import EPOCH, channel_of, recorded_packets

CHANNEL = channel_of()
V0 = CHANNEL.ladder.video[0].id
FIRST = EPOCH // CHANNEL.profile.segment


def _stocked(segments: int, *, missing: frozenset[int] = frozenset()) -> tuple[Timeline, Holdings]:
    """A timeline of so many segments, and a store that lacks some of them in one rendition."""
    timeline, shelf = Timeline(CHANNEL), RecordingShelf(check=False)
    for packet in recorded_packets(CHANNEL, EPOCH, segments):
        timeline.take(packet, EPOCH)
    for rendition, track in timeline.tracks.items():
        for name in track.held:
            if not (rendition == V0 and isinstance(name, SegmentName) and name.msn - FIRST in missing):
                shelf.put(MediaKey(CHANNEL.id, rendition, name), b"")
    return timeline, Holdings(CHANNEL.id, shelf, timeline)


def _gaps(timeline: Timeline) -> list[int]:
    return [row.msn - FIRST for row in timeline.tracks[V0].window.rows() if row.lost]


def test_it_knows_what_a_list_names() -> None:
    _, holdings = _stocked(2)
    assert holdings.listed(MediaKey(CHANNEL.id, V0, SegmentName(FIRST, 1))) == FIRST
    assert holdings.listed(MediaKey(CHANNEL.id, V0, SegmentName(FIRST, 2))) is None
    assert holdings.listed(MediaKey(CHANNEL.id, V0, InitName(1))) is None


def test_what_the_store_lost_between_two_lives_is_a_gap() -> None:
    """F-22."""
    timeline, holdings = _stocked(4, missing=frozenset({2}))
    holdings.take_stock()
    assert _gaps(timeline) == [2]


def test_what_the_disk_never_got_is_a_gap() -> None:
    """F-21."""
    timeline, holdings = _stocked(4)
    holdings.give_up({V0: {FIRST + 1}})
    assert _gaps(timeline) == [1]
