from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.profile import PROFILES, Profile, ProfileName
from packager.past import Past, Span
from packager.segment import Segment
from packager.window import MOST_SPANS, Left, Window, parts_from, skippable

LOW, CLASSIC = PROFILES[ProfileName.LOW], PROFILES[ProfileName.CLASSIC]


def _segment(msn: int, *, run: int = 1) -> Segment:
    return Segment(msn=msn, run=run, map_run=0, discontinuity=False, size=1)


def _filled(count: int, *, limit: int, live: int) -> Window:
    window = Window(limit=limit, live=live)
    for msn in range(count):
        window, _ = window.append(_segment(msn))
    return window


def test_a_full_window_lets_the_oldest_go() -> None:
    window = Window(limit=2, live=2)
    for msn in (4, 5):
        window, left = window.append(_segment(msn))
        assert left == Left()
    window, left = window.append(_segment(6))
    assert [segment.msn for segment in left.removed] == [4]
    assert [segment.msn for segment in window.segments] == [5, 6]
    assert window.find(5) == _segment(5)
    assert window.find(4) is None
    assert window.find(7) is None


def test_what_is_no_longer_among_the_newest_is_past_and_then_leaves() -> None:
    window = _filled(4, limit=4, live=2)
    assert [segment.msn for segment in window.segments] == [2, 3]
    assert window.past == Past((Span(first=0, count=2, run=1, map_run=0),))
    window, left = window.append(_segment(4))
    assert [segment.msn for segment in left.settled] == [2]
    assert [segment.msn for segment in left.removed] == [0]
    assert [segment.msn for segment in window.rows()] == [1, 2, 3, 4]
    assert window.first == 1
    found = window.find(1)
    assert found is not None
    assert found.name == _segment(1).name


@given(
    limit=st.integers(1, 12), live=st.integers(1, 12),
    runs=st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=40),
)
def test_a_window_lists_the_newest_segments_and_says_once_of_each_where_it_went(
    limit: int, live: int, runs: list[tuple[int, bool]],
) -> None:
    window, removed, settled = Window(limit=limit, live=live), [], []
    for msn, (run, broken) in enumerate(runs):
        window, left = window.append(replace(_segment(msn, run=run), discontinuity=broken))
        removed += [segment.msn for segment in left.removed]
        settled += [segment.msn for segment in left.settled]
        assert len(window) == min(limit, msn + 1)
        assert [(row.msn, row.run) for row in window.rows()] == [
            (at, runs[at][0]) for at in range(msn + 1 - len(window), msn + 1)
        ]
        assert all(row.discontinuity == runs[row.msn][1] for row in window.rows())
    assert removed == list(range(len(runs) - len(window)))
    assert settled == sorted(set(settled))


def test_no_number_is_left_out() -> None:
    window, _ = Window(limit=2, live=2).append(_segment(4))
    with pytest.raises(ValueError, match="segment 6 after 4"):
        window.append(_segment(6))


def test_an_encoder_that_dies_all_the_time_costs_no_more_than_so_many_spans() -> None:
    past = Past(tuple(Span(first=msn, count=1, run=msn + 1, map_run=1) for msn in range(MOST_SPANS)))
    window = Window(limit=10**6, live=1, past=past, segments=(_segment(MOST_SPANS, run=10**6),))
    window, left = window.append(_segment(MOST_SPANS + 1))
    assert len(window.past.spans) == MOST_SPANS
    assert [segment.msn for segment in left.removed] == [0]


def test_a_window_can_be_made_shorter_and_longer() -> None:
    window = _filled(8, limit=8, live=3)
    assert [row.msn for row in window.resized(4).rows()] == [4, 5, 6, 7]
    assert [row.msn for row in window.resized(2).rows()] == [6, 7]
    assert len(window.resized(100)) == 8


def test_it_can_begin_later_or_be_emptied() -> None:
    window = _filled(8, limit=8, live=3)
    assert [row.msn for row in window.from_on(3).rows()] == [3, 4, 5, 6, 7]
    assert [row.msn for row in window.from_on(6).rows()] == [6, 7]
    assert list(window.emptied().rows()) == []
    assert window.emptied().first is None


def test_lost_bodies_are_gaps_wherever_they_were() -> None:
    window = _filled(8, limit=8, live=3).without_bodies({1, 2, 6, 99})
    assert [row.msn for row in window.rows() if row.lost] == [1, 2, 6]
    assert all(row.run == 1 for row in window.rows())


def test_a_bridge_makes_all_that_was_listed_past() -> None:
    window, left = _filled(4, limit=10, live=3).bridged(iter([Span(first=4, count=5, run=0, map_run=1)]))
    assert [segment.msn for segment in left.settled] == [1, 2, 3]
    assert [(row.msn, row.lost) for row in window.rows()] == [(msn, msn > 3) for msn in range(9)]
    window, left = _filled(4, limit=3, live=3).bridged(iter([Span(first=4, count=5, run=0, map_run=1)]))
    assert [segment.msn for segment in left.removed] == [1, 2, 3]
    assert [row.msn for row in window.rows()] == [6, 7, 8]


@pytest.mark.parametrize("profile", [LOW, CLASSIC])
def test_a_delta_keeps_what_reaches_within_six_target_durations_of_the_end(profile: Profile) -> None:
    assert skippable(profile, 7) == 0
    assert skippable(profile, 60) == 53
    assert 7 * profile.segment >= 6 * profile.target_duration * 48_000 > 6 * profile.segment


def test_parts_are_listed_for_the_last_three_target_durations_by_whole_segments() -> None:
    at = 1_000 * LOW.segment
    assert parts_from(LOW, at) == 998
    assert parts_from(LOW, at + 2 * LOW.chunk) == 998
    assert parts_from(LOW, at + LOW.segment) == 999


def test_segments_without_an_init_section_take_the_first_one_that_comes() -> None:
    window = _filled(4, limit=4, live=2)
    assert window.with_map(3).maps == {3}
    assert window.with_map(3).with_map(5).maps == {3}
