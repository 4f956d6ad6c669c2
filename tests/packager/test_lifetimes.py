from flow.names import PartName, SegmentName
from flow.timebase import SCALE
from packager.lifetimes import Lifetimes
from packager.step import Step
from packager.timeline import Timeline
from tests.recorded.builder import EPOCH, channel_of, recorded_packets

CHANNEL = channel_of()
RENDITION = CHANNEL.renditions[0]
NEVER = 10**15


def _played(segments: int) -> Timeline:
    timeline = Timeline(CHANNEL)
    for packet in recorded_packets(CHANNEL, EPOCH, segments):
        timeline.take(packet, EPOCH)
    return timeline


def test_parts_that_left_the_playlist_are_kept_for_three_target_durations() -> None:
    timeline, lifetimes = _played(1), Lifetimes(CHANNEL)
    track = timeline.tracks[RENDITION]
    lifetimes.retire(RENDITION, track, Step(delisted=list(track.window.segments)), 0)
    assert lifetimes.expired(6 * SCALE - 1) == []
    assert {type(key.name) for key in lifetimes.expired(6 * SCALE)} == {PartName}
    assert lifetimes.empty


def test_a_segment_is_kept_as_long_as_its_last_playlist_can_be_played() -> None:
    timeline, lifetimes = _played(1), Lifetimes(CHANNEL)
    track = timeline.tracks[RENDITION]
    lifetimes.retire(RENDITION, track, Step(removed=list(track.window.segments)), 0)
    live = (track.window.live + 1) * CHANNEL.profile.segment
    assert lifetimes.expired(live - 1) == []
    assert [type(key.name) for key in lifetimes.expired(live)] == [SegmentName]


def test_a_channel_that_ends_lets_go_of_all_that_it_lists_in_time() -> None:
    timeline, lifetimes = _played(2), Lifetimes(CHANNEL)
    lifetimes.end(timeline, 0)
    assert not lifetimes.empty
    held = {(key.rendition, key.name) for key in lifetimes.expired(NEVER)}
    assert held == {(name, body) for name, track in timeline.tracks.items() for body in track.held}


def test_what_an_earlier_life_still_held_is_let_go_of_too() -> None:
    timeline, lifetimes = _played(2), Lifetimes(CHANNEL)
    lifetimes.inherit(timeline, 0)
    names = {key.name for key in lifetimes.expired(NEVER) if key.rendition == RENDITION}
    first = EPOCH // CHANNEL.profile.segment
    assert PartName(first, 1, 0) in names
    assert SegmentName(first - 1, 1) in names
    assert SegmentName(first, 1) not in names
