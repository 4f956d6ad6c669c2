from flow.names import InitName, SegmentName
from flow.store import MediaKey
from flow.timebase import SCALE
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
    holdings.take_stock(EPOCH + 4 * CHANNEL.profile.segment)
    assert _gaps(timeline) == [2]


def test_what_is_missing_of_the_newest_is_waited_for_and_a_gap_when_it_is_old() -> None:
    """F-21, F-22: workers send the last 30 s again."""
    for late, gaps, frontier in ((0, [], 2), (60, [2, 3], 4)):
        timeline, holdings = _stocked(4, missing=frozenset({2, 3}))
        holdings.take_stock(EPOCH + 4 * CHANNEL.profile.segment + late * SCALE)
        assert _gaps(timeline) == gaps
        assert timeline.tracks[V0].frontier == EPOCH + frontier * CHANNEL.profile.segment


def test_what_the_disk_never_got_is_a_gap() -> None:
    """F-21."""
    timeline, holdings = _stocked(4)
    holdings.give_up({V0: {FIRST + 1}})
    assert _gaps(timeline) == [1]
