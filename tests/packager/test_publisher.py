import logging
from dataclasses import replace

import pytest

from flow.chunk import Chunk
from flow.ids import RenditionId
from flow.ladder import AUDIO
from flow.names import InitName, PartName, SegmentName
from flow.profile import ProfileName
from flow.store import MediaKey
from flow.track import VIETNAMESE, Track
from flow.wire import Verdict
from tests.conformance.playlist import read_text
from tests.conformance.texts import across, complete, of_update
from tests.packager.shelf import RecordingShelf
from tests.packager.stage import Stage
from tests.recorded.builder import channel_of, recorded_chunk, recorded_inits, recorded_packets

V0 = RenditionId("v0")


def test_every_playlist_of_a_quiet_day_keeps_every_rule() -> None:
    stage = Stage()
    assert set(stage.run(70)) == {Verdict.KEPT}
    assert complete(stage.shelf.texts()) == []
    for rendition in stage.channel.renditions:
        assert of_update(stage.shelf.delta(rendition), stage.shelf.text(rendition)) == []
        assert len(read_text(stage.shelf.text(rendition)).segments) == 63


def test_every_sound_track_keeps_the_rules_beside_the_others() -> None:
    stage = Stage(replace(channel_of(), tracks=(VIETNAMESE, Track(language="km", name="ភាសាខ្មែរ"))))
    assert set(stage.run(6)) == {Verdict.KEPT}
    assert complete(stage.shelf.texts()) == []
    assert 'NAME="ភាសាខ្មែរ",LANGUAGE="km"' in stage.shelf.multivariants[-1]


def test_a_track_more_begins_above_every_number_that_was_used() -> None:
    stage = Stage()
    stage.run(4)
    floor = stage.publisher.positions().floor
    two = replace(stage.channel, tracks=(VIETNAMESE, Track(language="en", name="English")))
    more = Stage(two, shelf=stage.shelf)
    assert more.publisher.positions().floor >= floor


@pytest.mark.parametrize("profile", list(ProfileName))
def test_each_part_is_published_once_at_its_own_edge(profile: ProfileName) -> None:
    stage = Stage(channel_of(profile=profile))
    stage.run(4)
    edges = [playlist.edge for rendition, playlist in stage.shelf.published if rendition == V0]
    assert edges == sorted(edges)
    if stage.channel.profile.parts:
        assert len(edges) == len(set(edges)) == 3 * stage.channel.profile.chunks_per_segment + 1


def test_segments_are_the_bytes_of_their_parts() -> None:
    stage = Stage()
    stage.run(2)
    for rendition in stage.channel.renditions:
        for name in stage.shelf.segments(rendition):
            parts = [
                stage.shelf.bodies[MediaKey(stage.channel.id, rendition, PartName(name.msn, name.run, part))]
                for part in range(3)
            ]
            assert stage.shelf.bodies[MediaKey(stage.channel.id, rendition, name)] == b"".join(parts)


def test_the_multivariant_playlist_waits_for_every_rendition() -> None:
    stage = Stage()
    stage.play([packet for packet in recorded_packets(stage.channel, stage.at(0), 2) if packet.rendition != AUDIO])
    assert stage.shelf.multivariants == []
    stage.play([packet for packet in recorded_packets(stage.channel, stage.at(0), 2) if packet.rendition == AUDIO])
    assert len(stage.shelf.multivariants) == 1


def test_the_multivariant_playlist_comes_again_when_the_measured_rates_have_moved() -> None:
    stage = Stage()
    stage.run(10)
    before = len(stage.shelf.multivariants)
    for chunk in recorded_packets(stage.channel, stage.at(10), 10):
        stage.play([replace(chunk, body=chunk.body * 3) if isinstance(chunk, Chunk) else chunk])
    assert before < len(stage.shelf.multivariants) < before + 10


def test_a_dead_encoder_is_listed_as_gaps_on_time_and_comes_back_without_a_discontinuity() -> None:
    """F-01."""
    stage = Stage()
    stage.run(5)
    stage.wait(4.5)
    positions = stage.publisher.positions()
    assert positions.floor <= stage.at(8)
    assert set(stage.run(5, start=stage.at(8), run=2)) == {Verdict.KEPT}
    for rendition in stage.channel.renditions:
        listing = read_text(stage.shelf.text(rendition))
        assert [segment.gap for segment in listing.segments] == [False] * 5 + [True] * 3 + [False] * 5
        assert not any(segment.discontinuity for segment in listing.segments)
        assert {segment.map for segment in listing.segments} == {"init-1.mp4"}
    assert across(stage.shelf.texts()) == []
    assert stage.publisher.status().gap_segments == 3


def test_a_changed_encoder_breaks_once_and_the_sequence_counts_it_when_it_leaves() -> None:
    stage = Stage()
    stage.run(5)
    stage.run(2, start=stage.at(5), run=2, look=16)
    assert across(stage.shelf.texts()) == []
    listing = read_text(stage.shelf.text("v0"))
    assert [segment.discontinuity for segment in listing.segments] == [False] * 5 + [True, False]
    assert listing.segments[5].map == "init-2.mp4"
    stage.run(63, start=stage.at(7), run=2, look=16)
    for rendition in stage.channel.renditions:
        assert read_text(stage.shelf.text(rendition)).number("EXT-X-DISCONTINUITY-SEQUENCE") == 1


def test_a_step_of_the_wall_clock_moves_nothing() -> None:
    """F-19."""
    stage = Stage()
    stage.run(5)
    stage.clock.step_wall(3_600)
    stage.publisher.tick()
    stage.clock.step_wall(-7_200)
    stage.publisher.tick()
    assert stage.publisher.status().gap_segments == 0


def test_a_restarted_headend_loses_nothing_that_is_sent_again() -> None:
    """F-30: same names, same contents, no gap."""
    stage = Stage()
    packets = list(recorded_packets(stage.channel, stage.at(0), 12))
    stage.play(packets[:60])
    before = stage.shelf
    stage.clock.advance(3)
    stage.restart()
    assert stage.shelf.text("v0") != ""
    assert read_text(stage.shelf.text("v0")).open is None
    at = stage.publisher.positions().renditions
    chunks = [packet for packet in packets if isinstance(packet, Chunk)]
    again = [chunk for chunk in chunks if chunk.start >= at[chunk.rendition].end]
    assert len(again) > len(packets) - 60
    assert set(stage.play(again)) == {Verdict.KEPT}
    for rendition, text in before.texts().items():
        old = {segment.msn: segment for segment in read_text(text).segments}
        new = {segment.msn: segment for segment in read_text(stage.shelf.text(rendition)).segments}
        assert all(new[msn].uri == segment.uri and new[msn].map == segment.map for msn, segment in old.items())
    assert stage.publisher.status().gap_segments == 0
    assert across(stage.shelf.texts()) == []


def test_after_a_restart_the_clock_waits_five_seconds_before_it_gives_up_anything() -> None:
    stage = Stage()
    stage.run(5)
    stage.clock.advance(20)
    stage.restart()
    stage.wait(4.9)
    assert stage.publisher.status().gap_segments == 0
    stage.wait(0.2)
    assert stage.publisher.status().gap_segments > 0


def test_a_newer_chunk_shows_the_hole_at_once_after_a_restart() -> None:
    stage = Stage()
    stage.run(5)
    stage.restart()
    assert stage.publisher.take(recorded_chunk(stage.channel, V0, stage.at(7))) is Verdict.KEPT
    assert [segment.gap for segment in read_text(stage.shelf.text("v0")).segments] == [False] * 5 + [True] * 2


def test_everything_killed_uses_no_number_twice() -> None:
    """F-22."""
    stage = Stage()
    stage.run(5)
    stage.play([recorded_chunk(stage.channel, V0, stage.at(5))])
    stage.restart()
    positions = stage.publisher.positions()
    assert positions.floor >= stage.at(6)
    assert positions.last_run == 1
    stage.play(recorded_inits(stage.channel, run=2))
    refused = stage.publisher.take(recorded_chunk(stage.channel, V0, stage.at(5), run=2))
    assert refused is Verdict.REFUSED
    assert set(stage.run(2, start=positions.floor, run=2)) == {Verdict.KEPT}


def test_a_part_listed_as_lost_is_not_taken_in_the_next_life_either() -> None:
    stage = Stage()
    stage.run(3)
    stage.play([recorded_chunk(stage.channel, V0, stage.at(3, 1))])
    opened = read_text(stage.shelf.text("v0")).open
    assert opened is not None
    assert [part.gap for part in opened.parts] == [True, False]
    stage.restart()
    again = [recorded_chunk(stage.channel, V0, stage.at(3, part)) for part in range(3)]
    assert stage.play(again) == [Verdict.REFUSED, Verdict.KEPT, Verdict.KEPT]
    last = read_text(stage.shelf.text("v0")).segments[-1]
    assert (last.gap, [part.gap for part in last.parts]) == (True, [True, False, False])


def test_unusable_notes_start_an_empty_channel_and_say_so(caplog: pytest.LogCaptureFixture) -> None:
    stage = Stage()
    stage.run(3)
    stage.shelf.notes = b'{"version":99}'
    stage.shelf.playlists.clear()
    with caplog.at_level(logging.ERROR):
        stage.restart()
    assert "notes are unusable" in caplog.text
    assert stage.publisher.positions().floor == 0
    assert stage.shelf.playlists == {}


def test_bodies_are_kept_long_after_they_left_the_playlist() -> None:
    stage = Stage()
    stage.run(4)
    first = MediaKey(stage.channel.id, V0, PartName(stage.msn(0), 1, 0))
    stage.run(2, start=stage.at(4))
    assert first in stage.shelf.bodies
    stage.run(2, start=stage.at(6))
    assert first not in stage.shelf.bodies
    whole = MediaKey(stage.channel.id, V0, SegmentName(stage.msn(0), 1))
    stage.run(63 + 63 - 8, start=stage.at(8))
    assert whole in stage.shelf.bodies
    stage.run(3, start=stage.at(126))
    assert whole not in stage.shelf.bodies
    assert MediaKey(stage.channel.id, V0, InitName(1)) in stage.shelf.bodies
    assert len(stage.shelf.segments("v0")) < 130


def _long(window_s: int = 800) -> Stage:
    channel = channel_of(profile=ProfileName.CLASSIC, rungs=1, window_s=window_s)
    return Stage(channel, shelf=RecordingShelf(check=False))


def test_a_longer_window_lists_more_and_keeps_no_more_in_memory() -> None:
    stage = _long()
    stage.run(120)
    assert stage.shelf.held == 800
    for rendition in stage.channel.renditions:
        listing = read_text(stage.shelf.text(rendition))
        assert [segment.msn for segment in listing.segments] == list(range(stage.msn(0), stage.msn(120)))
        assert listing.segments[0].map == "init-1.mp4"
        assert of_update(stage.shelf.delta(rendition), stage.shelf.text(rendition)) == []
    settled = {key.name for key in stage.shelf.settled if key.rendition == V0}
    assert settled == {SegmentName(stage.msn(place), 1) for place in range(120 - 32 - 33)}
    assert stage.publisher.status().bitrates["v0"] > 0


def test_what_is_not_on_the_disk_when_memory_lets_go_of_it_is_a_gap_and_live_goes_on() -> None:
    """F-21: nothing is listed that cannot be had; its address stays what it was."""
    stage = _long()
    lost = {MediaKey(stage.channel.id, V0, SegmentName(stage.msn(place), 1)) for place in (10, 11, 12, 40)}
    stage.shelf.unsynced |= lost
    assert set(stage.run(110)) == {Verdict.KEPT}
    rows = read_text(stage.shelf.text("v0")).segments
    assert [row.msn - stage.msn(0) for row in rows if row.gap] == [10, 11, 12, 40]
    assert all(row.uri == f"{row.msn}-1.m4s" for row in rows)
    assert not any(row.gap for row in read_text(stage.shelf.text("audio")).segments)
    stage.restart()
    rows = read_text(stage.shelf.text("v0")).segments
    assert [row.msn - stage.msn(0) for row in rows if row.gap] == [10, 11, 12, 40]


def test_playlists_begin_where_the_disk_begins() -> None:
    """F-21: on a full disk the oldest segments make room for new ones."""
    stage = _long()
    stage.run(80)
    for place in range(5):
        stage.shelf.bodies.pop(MediaKey(stage.channel.id, V0, SegmentName(stage.msn(place), 1)))
    stage.run(1, start=stage.at(80))
    stage.run(1, start=stage.at(81))
    for rendition in stage.channel.renditions:
        assert read_text(stage.shelf.text(rendition)).first_msn == stage.msn(5)


def test_a_window_made_shorter_or_longer_on_air() -> None:
    stage = _long()
    stage.run(80)
    stage.publisher.resize(200)
    assert len(read_text(stage.shelf.text("v0")).segments) == 53
    stage.publisher.resize(800)
    stage.run(10, start=stage.at(80))
    assert len(read_text(stage.shelf.text("v0")).segments) == 63
    assert stage.shelf.held == 800


def test_a_long_window_survives_the_headend_with_every_address() -> None:
    """F-22."""
    stage = _long()
    stage.run(80)
    before = {name: read_text(text).segments for name, text in stage.shelf.texts().items()}
    stage.restart()
    stage.run(3, start=stage.publisher.positions().floor, run=2)
    for name, rows in before.items():
        after = read_text(stage.shelf.text(name)).segments
        assert [row.uri for row in after[:80]] == [row.uri for row in rows]


def test_an_unused_init_section_goes_with_the_last_segment_that_named_it() -> None:
    stage = Stage()
    stage.run(2)
    stage.run(63 + 66, start=stage.at(2), run=2, look=16)
    assert MediaKey(stage.channel.id, V0, InitName(1)) not in stage.shelf.bodies
    assert MediaKey(stage.channel.id, V0, InitName(2)) in stage.shelf.bodies


def test_what_an_earlier_life_left_behind_is_forgotten_too() -> None:
    stage = Stage()
    stage.run(70)
    stage.restart(lose_parts=False)
    stage.run(70, start=stage.at(70))
    assert MediaKey(stage.channel.id, V0, PartName(stage.msn(69), 1, 0)) not in stage.shelf.bodies
    assert MediaKey(stage.channel.id, V0, SegmentName(stage.msn(0), 1)) not in stage.shelf.bodies
    assert MediaKey(stage.channel.id, V0, SegmentName(stage.msn(60), 1)) in stage.shelf.bodies


def test_a_name_with_other_contents_is_told_and_never_overwritten(caplog: pytest.LogCaptureFixture) -> None:
    stage = Stage()
    stage.play(recorded_inits(stage.channel))
    key = MediaKey(stage.channel.id, V0, PartName(stage.msn(0), 1, 0))
    stage.shelf.put(key, b"older")
    assert stage.publisher.take(recorded_chunk(stage.channel, V0, stage.at(0))) is Verdict.KEPT
    assert stage.shelf.bodies[key] == b"older"
    assert "has other contents" in caplog.text


def test_status_counts_what_was_refused_and_measures() -> None:
    stage = Stage()
    assert stage.publisher.status().last_msn == -1
    assert stage.publisher.status().delay_ms is None
    stage.run(3)
    stage.publisher.take(recorded_chunk(stage.channel, V0, stage.at(0), run=9))
    status = stage.publisher.status()
    assert (status.last_msn, status.gap_segments, status.refused) == (stage.msn(2), 0, 1)
    assert status.delay_ms == 100
    assert all(rate > 0 for rate in status.bitrates.values())


def test_a_closed_channel_takes_nothing_more() -> None:
    stage = Stage()
    stage.run(2)
    stage.publisher.close()
    stage.publisher.close()
    assert stage.shelf.closed
    published = len(stage.shelf.published)
    assert stage.publisher.take(recorded_chunk(stage.channel, V0, stage.at(2))) is Verdict.REFUSED
    stage.wait(10)
    assert len(stage.shelf.published) == published


def test_a_closed_channel_lets_go_of_everything_once_no_viewer_can_ask_for_it() -> None:
    stage = Stage()
    stage.run(70)
    stage.play([recorded_chunk(stage.channel, V0, stage.at(70))])
    stage.publisher.close()
    stage.wait(120)
    assert MediaKey(stage.channel.id, V0, SegmentName(stage.msn(69), 1)) in stage.shelf.bodies
    assert not stage.publisher.idle
    stage.wait(10)
    assert stage.shelf.bodies == {}
    assert stage.publisher.idle


def test_a_channel_that_is_open_is_never_idle() -> None:
    stage = Stage()
    assert not stage.publisher.idle
    stage.publisher.close()
    assert stage.publisher.idle
