import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.key_turns import UNIT
from flow.ladder import AUDIO
from flow.profile import ProfileName
from packager import notes
from packager.timeline import Timeline
from tests.recorded.builder import EPOCH, channel_of, recorded_chunk, recorded_packets

CHANNEL = channel_of()
SEGMENT, CHUNK = CHANNEL.profile.segment, CHANNEL.profile.chunk


def _played(segments: int = 5) -> Timeline:
    timeline = Timeline(CHANNEL)
    for packet in recorded_packets(CHANNEL, EPOCH, segments):
        timeline.take(packet, EPOCH)
    return timeline


def _again(written: bytes) -> Timeline:
    timeline = Timeline(CHANNEL)
    assert notes.restore(timeline, written)
    return timeline


def test_a_restored_timeline_lists_the_same_segments() -> None:
    before = _played()
    after = _again(notes.write(before))
    for rendition, track in before.tracks.items():
        listed = [(segment.name, segment.map_run, segment.size) for segment in track.window.segments]
        restored = after.tracks[rendition].window.segments
        assert [(segment.name, segment.map_run, segment.size) for segment in restored] == listed
        assert after.tracks[rendition].map == track.map
    assert after.runs.last == 1


def test_the_frontier_falls_back_to_the_last_whole_segment_and_the_floor_does_not() -> None:
    before = _played()
    before.take(recorded_chunk(CHANNEL, AUDIO, EPOCH + 5 * SEGMENT), EPOCH)
    after = _again(notes.write(before))
    assert after.positions().renditions[AUDIO].end == EPOCH + 5 * SEGMENT
    assert after.floor >= before.floor == EPOCH + 6 * SEGMENT


def test_a_key_is_late_between_the_one_in_use_and_what_is_listed() -> None:
    """F-26: it came when its place was listed under the one before."""
    timeline = _played()
    listed = timeline.floor // UNIT
    written = notes.write(timeline, listed - 3)
    numbers = (listed - 9, listed - 3, listed - 1, listed, listed + 1)
    assert notes.late_keys(written, numbers) == (listed - 1, listed)
    assert notes.late_keys(written, (listed - 9, listed - 1)) == ()
    assert notes.late_keys(written, ()) == ()


def test_the_floor_covers_the_segment_that_opens_after_the_notes_were_taken() -> None:
    """F-22: a number that may have been listed is not given to another run."""
    assert _again(notes.write(_played())).floor == EPOCH + 6 * SEGMENT


def test_a_part_listed_as_lost_stays_lost_in_the_next_life() -> None:
    before = _played()
    before.take(recorded_chunk(CHANNEL, AUDIO, EPOCH + 5 * SEGMENT + CHUNK), EPOCH)
    after = _again(notes.write(before))
    assert after.tracks[AUDIO].refused_places == {EPOCH + 5 * SEGMENT}


def test_notes_are_small() -> None:
    assert len(notes.write(_played(80))) < 2_000


def test_another_ladder_or_grid_keeps_only_floor_and_run_numbers() -> None:
    written = notes.write(_played())
    for channel in (channel_of(rungs=3), channel_of(profile=ProfileName.ULTRA)):
        timeline = Timeline(channel)
        assert not notes.restore(timeline, written)
        assert (timeline.runs.last, timeline.runs.floor) == (1, EPOCH + 6 * SEGMENT)
        assert not timeline.runs.may_begin(1)
        assert timeline.runs.may_begin(2)
        assert not any(track.begun for track in timeline.tracks.values())


def test_notes_without_a_window_leave_the_waiting_run_free_to_begin() -> None:
    empty = Timeline(CHANNEL)
    empty.take(next(recorded_packets(CHANNEL, EPOCH, 1)), EPOCH)
    after = Timeline(CHANNEL)
    assert not notes.restore(after, notes.write(empty))
    assert after.runs.last == 1
    assert after.runs.may_begin(1)


def _notes_of_version_1(timeline: Timeline) -> bytes:
    data: dict[str, Any] = json.loads(notes.write(timeline))
    data["version"] = 1
    for track in data["renditions"].values():
        track["spans"] = [[run, map_run, count] for run, map_run, _, count in track["spans"]]
    return json.dumps(data).encode()


def test_notes_of_the_version_before_are_read() -> None:
    before = _played()
    after = _again(_notes_of_version_1(before))
    for rendition, track in before.tracks.items():
        rows = [(row.name, row.size) for row in after.tracks[rendition].window.rows()]
        assert rows == [(row.name, row.size) for row in track.window.rows()]


def test_a_past_of_hours_is_a_few_numbers() -> None:
    before = Timeline(replace(CHANNEL, window_s=12 * 3600))
    for packet in recorded_packets(CHANNEL, EPOCH, 100):
        before.take(packet, EPOCH)
    last = before.tracks[AUDIO].window.past.end - 1
    for track in before.tracks.values():
        track.window = track.window.without_bodies({last - 3})
    after = Timeline(replace(CHANNEL, window_s=12 * 3600))
    written = notes.write(before)
    assert notes.restore(after, written)
    assert len(written) < 2_000
    for rendition, track in before.tracks.items():
        assert after.tracks[rendition].window.past == track.window.past
        assert [row.msn for row in after.tracks[rendition].window.rows() if row.lost] == [last - 3]


def test_a_window_that_was_made_shorter_meanwhile_is_cut() -> None:
    before = Timeline(replace(CHANNEL, window_s=300))
    for packet in recorded_packets(CHANNEL, EPOCH, 100):
        before.take(packet, EPOCH)
    after = _again(notes.write(before))
    assert [len(track.window) for track in after.tracks.values()] == [63] * 3
    assert after.tracks[AUDIO].window.segments[-1].msn == before.tracks[AUDIO].window.segments[-1].msn


def _broken() -> list[bytes]:
    good: dict[str, Any] = json.loads(notes.write(_played()))
    changes: list[dict[str, Any]] = [
        {"version": 3}, {"version": True}, {"version": None}, {"floor": -1}, {"last_run": "1"}, {"started": [[1]]},
        {"started": 5}, {"breaks": [1.5]}, {"passed": None}, {"renditions": []}, {"chunk": None},
    ]
    track = good["renditions"]["v0"]
    inner: list[dict[str, Any]] = [
        {"first": -1}, {"sizes": [1] * 6}, {"spans": [[1, 1, 2, 5]]},
        {"spans": [[1, 1, 10**9]]}, {"spans": [[1, 1]]}, {"spans": [[1, 1, 0]]},
        {"lost": [7]}, {"map": [1]}, {"map": [1, "a", 'x"y']}, {"map": {}}, {"run": None}, {"newest": []},
    ]
    changes += [{"renditions": {**good["renditions"], "v0": {**track, **change}}} for change in inner]
    texts = [json.dumps({**good, **change}).encode() for change in changes]
    return [*texts, b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"1" * 5_000, notes.write(_played())[:-9]]


@pytest.mark.parametrize("written", _broken())
def test_broken_notes_are_refused_whole(written: bytes) -> None:
    timeline = Timeline(CHANNEL)
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence will do
        notes.restore(timeline, written)
    assert timeline.runs == Timeline(CHANNEL).runs
    assert not any(track.begun for track in timeline.tracks.values())


@given(place=st.integers(0, 2_000), junk=st.binary(max_size=6))
def test_damaged_notes_never_do_worse_than_be_refused(place: int, junk: bytes) -> None:
    written = notes.write(_played(2))
    place = place % len(written)
    damaged = written[:place] + junk + written[place + len(junk) :]
    timeline = Timeline(CHANNEL)
    try:
        notes.restore(timeline, damaged)
    except ValueError:
        return
    for rendition in CHANNEL.renditions:
        timeline.view(rendition)
    timeline.positions()
