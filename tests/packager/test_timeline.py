from dataclasses import replace

import pytest

from flow.chunk import Chunk
from flow.ids import RenditionId
from flow.ladder import AUDIO
from flow.timebase import SCALE
from flow.wire import Position, Verdict
from packager.timeline import SETTLING, Timeline
from tests.recorded.builder import EPOCH, channel_of, recorded_chunk, recorded_inits, recorded_packets

CHANNEL = channel_of()
PROFILE = CHANNEL.profile
V0, V1 = RenditionId("v0"), RenditionId("v1")


def _at(segment: int, part: int = 0) -> int:
    return EPOCH + segment * PROFILE.segment + part * PROFILE.chunk


def _chunk(rendition: RenditionId, segment: int, part: int = 0, *, run: int = 1) -> Chunk:
    return recorded_chunk(CHANNEL, rendition, _at(segment, part), run=run)


class Line:
    """A timeline whose packets arrive 0.1 s after their end."""

    def __init__(self, *, segments: int = 0) -> None:
        self.timeline = Timeline(CHANNEL)
        if segments:
            self.play(segments)

    def play(self, segments: int, *, first: int = 0, run: int = 1, look: int = 0) -> list[Verdict]:
        packets = recorded_packets(CHANNEL, _at(first), segments, run=run, look=look)
        return [self.take(packet) for packet in packets]

    def take(self, packet: object) -> Verdict:
        now = packet.end + SCALE // 10 if isinstance(packet, Chunk) else 0
        return self.timeline.take(packet, now).verdict  # type: ignore[arg-type]

    def inits(self, run: int, *, look: int = 0) -> None:
        for init in recorded_inits(CHANNEL, run=run, look=look):
            self.take(init)

    def lost(self, rendition: RenditionId) -> list[int]:
        segments = self.timeline.tracks[rendition].window.segments
        return [segment.msn - EPOCH // PROFILE.segment for segment in segments if segment.lost]


def test_a_chunk_of_an_unknown_run_asks_for_its_init_section() -> None:
    line = Line()
    assert line.take(_chunk(V0, 0)) is Verdict.NEED_INIT
    line.inits(1)
    assert line.take(_chunk(V0, 0)) is Verdict.KEPT


def test_what_does_not_belong_to_the_channel_or_the_grid_is_refused() -> None:
    line = Line(segments=1)
    good = _chunk(V0, 1)
    for bad in (
        replace(good, rendition=RenditionId("v9")), replace(good, start=good.start + 1), replace(good, run=0),
        replace(good, duration=good.duration - 1024), recorded_inits(channel_of(rungs=3), run=1)[2],
        replace(recorded_inits(CHANNEL)[0], run=0),
    ):
        assert line.take(bad) is Verdict.REFUSED
    assert line.take(good) is Verdict.KEPT


def test_the_window_begins_at_the_first_chunk_and_lists_nothing_before_it() -> None:
    line = Line()
    line.inits(1)
    assert line.take(_chunk(V0, 0, 1)) is Verdict.REFUSED  # in the middle of a segment
    assert line.take(_chunk(V0, 1)) is Verdict.KEPT
    assert line.take(_chunk(V1, 0)) is Verdict.REFUSED
    assert line.take(_chunk(V1, 1)) is Verdict.KEPT
    assert all(track.first_msn == EPOCH // PROFILE.segment + 1 for track in line.timeline.tracks.values())


def test_repeated_chunks_are_kept_without_effect() -> None:
    line = Line(segments=3)
    before = line.timeline.view(V0)
    outcome = line.timeline.take(_chunk(V0, 1, 2), _at(9))
    assert (outcome.verdict, outcome.steps, outcome.noteworthy) == (Verdict.KEPT, {}, False)
    assert line.timeline.view(V0) == before


def test_a_place_once_lost_is_never_taken_back() -> None:
    line = Line(segments=1)
    assert line.take(_chunk(V0, 1, 0)) is Verdict.KEPT
    assert line.take(_chunk(V0, 1, 2)) is Verdict.KEPT
    assert line.take(_chunk(V0, 1, 1)) is Verdict.REFUSED
    assert line.lost(V0) == [1]
    assert line.lost(V1) == []


def test_the_clock_gives_up_parts_that_are_overdue() -> None:
    line = Line(segments=4)
    due = _at(4, 1) + SCALE // 5 + round(1.08 * SCALE)
    assert line.timeline.overdue(due - 1).steps == {}
    outcome = line.timeline.overdue(due)
    assert {name: step.lost for name, step in outcome.steps.items()} == {V0: 1, V1: 1, AUDIO: 1}
    assert outcome.noteworthy
    assert line.take(_chunk(V0, 4, 0)) is Verdict.REFUSED


def test_the_clock_gives_up_nothing_in_the_first_five_seconds() -> None:
    line = Line()
    line.inits(1)
    line.timeline.take(_chunk(V0, 0), _at(10))
    assert line.timeline.overdue(_at(10) + SETTLING - 1).steps == {}
    assert {V1, AUDIO} <= set(line.timeline.overdue(_at(10) + SETTLING).steps)


def test_a_run_starts_on_a_segment_boundary_or_not_at_all() -> None:
    line = Line(segments=2)
    line.inits(2)
    assert line.take(_chunk(V0, 2, 1, run=2)) is Verdict.REFUSED
    assert line.take(_chunk(V0, 3, 0, run=2)) is Verdict.KEPT
    assert line.lost(V0) == [2]


def test_a_new_run_may_not_begin_before_the_floor() -> None:
    """T-03, F-23: nothing that any rendition has listed is listed again from another run."""
    line = Line(segments=2)
    assert line.take(_chunk(V0, 2)) is Verdict.KEPT
    line.inits(2)
    assert line.timeline.floor == _at(3)
    assert line.take(_chunk(V1, 2, run=2)) is Verdict.REFUSED
    assert line.take(_chunk(V1, 3, run=2)) is Verdict.KEPT


def test_an_old_run_is_refused_where_a_newer_one_has_begun_and_may_finish_before() -> None:
    """F-02: a hung encoder that wakes up publishes nothing any more."""
    line = Line(segments=2)
    line.inits(2)
    assert line.take(_chunk(V0, 3, run=2)) is Verdict.KEPT
    assert line.take(_chunk(V1, 2, 0, run=1)) is Verdict.KEPT
    assert line.take(_chunk(V1, 3, 0, run=1)) is Verdict.REFUSED
    assert line.take(_chunk(V0, 3, 1, run=1)) is Verdict.REFUSED


def test_an_encoder_that_comes_back_the_same_makes_no_discontinuity() -> None:
    """F-01: what was lost is a gap, and the timeline goes on."""
    line = Line(segments=2)
    assert set(line.play(2, first=4, run=2)) == {Verdict.KEPT}
    view = line.timeline.view(V0)
    assert view is not None
    assert [segment.discontinuity for segment in view.segments] == [False] * 6
    assert [segment.map_run for segment in view.segments] == [1] * 6
    assert line.lost(V0) == [2, 3]


def test_another_init_section_breaks_all_renditions_at_the_same_segment() -> None:
    line = Line(segments=2)
    changed = recorded_inits(CHANNEL, run=2, look=8)
    line.inits(2)
    line.timeline.tracks[AUDIO].inits[2] = changed[-1]
    line.play(2, first=3, run=2)
    for rendition in CHANNEL.renditions:
        view = line.timeline.view(rendition)
        assert view is not None
        assert [segment.discontinuity for segment in view.segments] == [False, False, False, True, False]
    maps = {name: track.map.run for name, track in line.timeline.tracks.items() if track.map}
    assert maps == {V0: 1, V1: 1, AUDIO: 2}


def test_an_init_section_that_turns_out_different_too_late_breaks_at_untouched_ground() -> None:
    line = Line(segments=2)
    same, changed = recorded_inits(CHANNEL, run=2), recorded_inits(CHANNEL, run=2, look=8)
    line.take(same[0])
    assert line.take(_chunk(V0, 2, run=2)) is Verdict.KEPT
    line.take(changed[-1])
    assert line.timeline.runs.breaks == (EPOCH // PROFILE.segment + 3,)
    assert line.take(_chunk(AUDIO, 2, run=2)) is Verdict.REFUSED
    assert line.take(_chunk(AUDIO, 3, run=2)) is Verdict.KEPT
    assert line.take(_chunk(V0, 3, run=2)) is Verdict.KEPT
    opened = [line.timeline.tracks[name].open for name in (V0, AUDIO)]
    assert [segment.discontinuity for segment in opened if segment] == [True, True]
    assert line.lost(AUDIO) == [2]


def test_positions_say_where_to_go_on() -> None:
    line = Line(segments=2)
    line.take(_chunk(V0, 2, 0))
    positions = line.timeline.positions()
    assert (positions.floor, positions.last_run) == (_at(3), 1)
    behind = Position(1, _at(2))
    assert positions.renditions == {V0: Position(1, _at(2, 1)), V1: behind, AUDIO: behind}


def test_positions_of_an_empty_channel_are_nothing() -> None:
    positions = Line().timeline.positions()
    assert (positions.floor, positions.last_run) == (0, 0)
    assert set(positions.renditions.values()) == {Position(0, 0)}


@pytest.mark.parametrize("look", [0, 8])
def test_the_hint_follows_a_run_that_has_begun_elsewhere(look: int) -> None:
    line = Line(segments=2)
    line.inits(2, look=look)
    line.take(_chunk(V0, 2, run=2))
    view = line.timeline.view(V1)
    assert view is not None
    assert str(view.hint).endswith("-2.0.m4s")
