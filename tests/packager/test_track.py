from dataclasses import replace

from flow.chunk import Chunk
from flow.ladder import AUDIO
from flow.names import InitName, MediaName, PartName, SegmentName
from flow.profile import ProfileName
from flow.wire import Verdict
from packager.grid import live_segments
from packager.segment import LOST
from packager.track import Track
from tests.recorded.builder import EPOCH, channel_of, recorded_chunk, recorded_inits

CHANNEL = channel_of()
LOW = CHANNEL.profile
MSN = EPOCH // LOW.segment


def _track(*, profile: ProfileName = ProfileName.LOW) -> Track:
    channel = channel_of(profile=profile)
    track = Track(channel.profile, live_segments(channel.profile))
    track.offer_init(recorded_inits(channel)[-1])
    track.begin(EPOCH)
    return track


def _chunk(place: int, *, run: int = 1) -> Chunk:
    return recorded_chunk(CHANNEL, AUDIO, EPOCH + place * LOW.chunk, run=run)


def test_bodies_come_in_the_order_init_part_whole() -> None:
    track = _track()
    names = [[name for name, _ in track.append(_chunk(place), ()).puts] for place in range(3)]
    assert names == [
        [InitName(1), PartName(MSN, 1, 0)], [PartName(MSN, 1, 1)], [PartName(MSN, 1, 2), SegmentName(MSN, 1)],
    ]


def test_the_whole_is_its_parts_one_after_another() -> None:
    track = _track()
    steps = [track.append(_chunk(place), ()) for place in range(3)]
    whole = dict(steps[2].puts)[SegmentName(MSN, 1)]
    assert whole == b"".join(_chunk(place).body for place in range(3))


def test_without_parts_only_whole_segments_are_put() -> None:
    track = _track(profile=ProfileName.CLASSIC)
    names = [name for place in range(6) for name, _ in track.append(_chunk(place), ()).puts]
    assert names == [InitName(1), SegmentName(EPOCH // track.profile.segment, 1)]


def test_a_later_chunk_lists_what_lies_between_as_lost() -> None:
    track = _track()
    track.append(_chunk(0), ())
    step = track.append(_chunk(2), ())
    assert step.lost == 1
    assert [part.lost for part in track.window.segments[0].parts] == [False, True, False]
    assert track.window.segments[0].lost


def test_a_hole_longer_than_the_window_costs_no_more_than_a_window() -> None:
    track = _track()
    for place in range(4):
        track.append(_chunk(place), ())
    week = 7 * 24 * 3600 * 48_000 // LOW.segment * 3
    step = track.append(_chunk(week), ())
    assert len(step.closed) <= track.window.limit + 3
    assert len(track.window.segments) == track.window.limit
    assert track.window.segments[-1].msn == MSN + week // 3 - 1
    assert step.lost == week - 4
    assert MSN in {segment.msn for segment in step.removed}
    assert MSN in {segment.msn for segment in step.delisted}


def test_places_before_the_frontier_are_settled() -> None:
    track = _track()
    for place in (0, 2, 3):
        track.append(_chunk(place), ())
    assert [track.settled(_chunk(place)) for place in range(4)] == [
        Verdict.KEPT, Verdict.REFUSED, Verdict.KEPT, Verdict.KEPT,
    ]
    assert track.settled(_chunk(3, run=2)) is Verdict.REFUSED
    assert track.settled(_chunk(-1)) is Verdict.REFUSED


def test_parts_leave_the_list_once_and_with_their_segment() -> None:
    track = _track()
    steps = [track.append(_chunk(place), ()) for place in range(30)]
    gone = [segment.msn for step in steps for segment in step.delisted]
    assert gone == sorted(set(gone))
    assert gone[0] == MSN


def test_an_equal_init_section_goes_on_under_its_first_name() -> None:
    track = _track()
    track.append(_chunk(0), ())
    track.offer_init(replace(recorded_inits(CHANNEL, run=2)[-1], run=2))
    assert not track.would_change_map(2)
    step = track.append(_chunk(3, run=2), ())
    assert [name for name, _ in step.puts] == [PartName(MSN + 1, 2, 0)]
    assert track.map is not None
    assert track.map.run == 1


def test_another_init_section_gets_a_name_of_its_own() -> None:
    track = _track()
    track.append(_chunk(0), ())
    track.offer_init(recorded_inits(CHANNEL, run=2, look=8)[-1])
    assert track.would_change_map(2)
    step = track.append(_chunk(3, run=2), (MSN + 1,))
    assert [name for name, _ in step.puts] == [InitName(2), PartName(MSN + 1, 2, 0)]
    assert track.open is not None
    assert (track.open.discontinuity, track.open.map_run) == (True, 2)


def test_an_init_section_that_contradicts_its_run_is_refused() -> None:
    track = _track()
    other = recorded_inits(CHANNEL, look=8)[-1]
    assert track.offer_init(other) is Verdict.REFUSED
    track.append(_chunk(0), ())
    assert track.offer_init(other) is Verdict.REFUSED
    assert track.offer_init(recorded_inits(CHANNEL)[-1]) is Verdict.KEPT


def test_only_a_few_init_sections_wait_for_their_run() -> None:
    track = _track()
    for run in range(2, 50):
        track.offer_init(recorded_inits(CHANNEL, run=run)[-1])
    assert sorted(track.inits) == [46, 47, 48, 49]


def _restored(*, missing: frozenset[MediaName], places: int = 12) -> Track:
    track = _track()
    for place in range(places):
        track.append(_chunk(place), ())
    track.do_without(missing)
    return track


def test_the_window_names_its_wholes_and_their_init_section() -> None:
    track = _restored(missing=frozenset())
    assert track.named == {InitName(1), *(SegmentName(MSN + segment, 1) for segment in range(4))}
    assert set(track.held) == track.named | {PartName(MSN + place // 3, 1, place % 3) for place in range(12)}


def test_what_is_missing_is_a_gap_and_leaves_the_list_at_its_head() -> None:
    track = _restored(missing=frozenset([SegmentName(MSN, 1), SegmentName(MSN + 2, 1)]))
    assert [(segment.msn, segment.lost) for segment in track.window.rows()] == [
        (MSN + 1, False), (MSN + 2, True), (MSN + 3, False),
    ]
    assert (track.shown, track.frontier) == (True, EPOCH + 4 * LOW.segment)
    assert not _restored(missing=frozenset([SegmentName(MSN + place, 1) for place in range(4)])).shown


def test_segments_whose_init_section_is_gone_leave_the_list_with_all_before() -> None:
    track = _restored(missing=frozenset())
    track.offer_init(recorded_inits(CHANNEL, run=2, look=8)[-1])
    for place in range(12, 18):
        track.append(_chunk(place, run=2), (MSN + 4,))
    track.do_without(frozenset([InitName(1)]))
    assert [segment.msn for segment in track.window.rows()] == [MSN + 4, MSN + 5]


def test_what_is_missing_at_the_end_is_waited_for_and_takes_its_own_address_again() -> None:
    """F-22: as far as the run in use made it, and it is not too old to be sent again."""
    missing = frozenset([SegmentName(MSN + 2, 1), SegmentName(MSN + 3, 1)])
    track = _track()
    for place in range(12):
        track.append(_chunk(place), ())
    track.do_without(missing, EPOCH + 3 * LOW.segment)
    assert [(row.msn - MSN, row.gone) for row in track.window.rows()] == [(0, False), (1, False), (2, True)]
    assert track.frontier == track.newest == EPOCH + 3 * LOW.segment
    for place in range(9, 15):
        assert track.settled(_chunk(place - 3)) is Verdict.KEPT
        track.append(_chunk(place), ())
    assert [row.name for row in track.window.rows()] == [SegmentName(MSN + at, 1) for at in range(5)]
    assert [row.lost for row in track.window.rows()] == [False, False, True, False, False]


def test_what_may_have_been_listed_under_a_run_is_lost_under_its_name() -> None:
    """F-22: RFC 8216bis 6.3.4, also in a hole that is longer than anybody needs."""
    for places in (24, 3_000):
        track = _track()
        for place in range(6):
            track.append(_chunk(place), ())
        track.promise(EPOCH + 4 * LOW.segment)
        track.lose_until(EPOCH + places * LOW.chunk, ())
        rows = [row for row in track.window.rows() if row.msn < MSN + 8]
        assert [(row.run, row.lost) for row in rows][-6:] in (
            [(1, True), (1, True), (LOST, True), (LOST, True), (LOST, True), (LOST, True)], [],
        )


def test_no_list_begins_with_what_was_waited_for_in_vain() -> None:
    track = _restored(missing=frozenset([SegmentName(MSN + at, 1) for at in range(4)]))
    assert track.frontier == EPOCH
    track.append(_chunk(12), ())
    assert track.frontier == EPOCH + 13 * LOW.chunk
    assert not len(track.window)


def test_a_long_hole_in_a_long_window_is_listed_as_one() -> None:
    track = Track(LOW, 5_000)
    track.offer_init(recorded_inits(CHANNEL)[-1])
    track.begin(EPOCH)
    for place in range(4):
        track.append(_chunk(place), ())
    step = track.append(_chunk(3 * 4_000), (MSN + 1_000,))
    assert (step.lost, step.removed) == (3 * 4_000 - 4, [])
    assert [segment.msn for segment in step.settled][:2] == [MSN, MSN + 1]
    rows = list(track.window.rows())
    assert [row.msn for row in rows] == list(range(MSN, MSN + 4_000))
    assert [row.msn for row in rows if not row.lost] == [MSN]
    assert [row.msn for row in rows if row.discontinuity] == [MSN + 1_000]
    assert len(track.window.past.spans) < 5


def test_a_gap_needs_no_body() -> None:
    track = _track()
    for place in (0, 1, 2, 6, 7, 8):
        track.append(_chunk(place), ())
    track.do_without(frozenset([SegmentName(MSN, 1)]))
    assert [segment.lost for segment in track.window.segments] == [True, False]


def test_a_missing_init_section_is_waited_for() -> None:
    track = _restored(missing=frozenset([InitName(1)]))
    assert len(track.window.segments) == 4
    assert not track.shown
    init = recorded_inits(CHANNEL)[-1]
    assert track.mended(recorded_inits(CHANNEL, look=8)[-1]) == []
    assert not track.shown
    assert track.mended(replace(init, run=5)) == [(InitName(1), init.body)]
    assert track.shown


def test_another_init_section_in_the_place_of_a_missing_one_starts_the_window_anew() -> None:
    track = _restored(missing=frozenset([InitName(1)]))
    track.offer_init(recorded_inits(CHANNEL, run=2, look=8)[-1])
    step = track.append(_chunk(12, run=2), (MSN + 4,))
    assert [segment.msn for segment in step.removed] == [MSN + segment for segment in range(4)]
    assert track.window.segments == ()
    assert not track.map_missing
