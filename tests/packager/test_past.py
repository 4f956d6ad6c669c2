import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.past import Past, Span, broken_at, spans_of
from packager.segment import LOST, Segment

ROWS = st.lists(
    st.tuples(
        st.sampled_from([LOST, 1, 1, 1, 2]), st.sampled_from([1, 1, 2]), st.sampled_from([False] * 5 + [True]),
    ), min_size=1, max_size=30,
)


def _segments(rows: list[tuple[int, int, bool]], first: int = 100) -> list[Segment]:
    return [
        Segment(msn=msn, run=run, map_run=map_run, discontinuity=broken, size=0)
        for msn, (run, map_run, broken) in enumerate(rows, start=first)
    ]


@given(ROWS, st.integers(0, 40), st.integers(0, 40))
def test_spans_say_of_each_segment_what_was_said_of_it(
    rows: list[tuple[int, int, bool]], start: int, length: int,
) -> None:
    segments = _segments(rows)
    past = Past().with_spans(spans_of(segments))
    assert list(past.rows()) == segments
    assert len(past) == len(segments)
    assert [past.find(segment.msn) for segment in segments] == segments
    first, end = 95 + start, 95 + start + length
    inside = past.between(first, end)
    assert list(inside.rows()) == [segment for segment in segments if first <= segment.msn < end]
    assert past.lost == any(segment.lost for segment in segments)
    assert past.maps == {segment.map_run for segment in segments}


@given(ROWS, st.sets(st.integers(95, 135)))
def test_bodies_that_are_gone_make_gaps_and_change_no_address(
    rows: list[tuple[int, int, bool]], missing: set[int],
) -> None:
    segments = _segments(rows)
    after = list(Past().with_spans(spans_of(segments)).without_bodies(missing).rows())
    assert [row.name for row in after] == [segment.name for segment in segments]
    assert [row.discontinuity for row in after] == [segment.discontinuity for segment in segments]
    assert [row.lost for row in after] == [segment.lost or segment.msn in missing for segment in segments]


def test_like_segments_are_one_span_however_many() -> None:
    past = Past().with_spans(spans_of(_segments([(1, 1, False)] * 10_000)))
    assert past.spans == (Span(first=100, count=10_000, run=1, map_run=1),)


def test_an_empty_past_has_nothing() -> None:
    past = Past()
    assert (len(past), past.first, past.end, past.lost, past.find(0)) == (0, 0, 0, False, None)
    assert past.between(0, 10) == past
    assert past.without_bodies({1}) == past


def test_no_number_is_left_out() -> None:
    with pytest.raises(ValueError, match="segment 7 after 5"):
        Past((Span(first=5, count=1, run=1, map_run=1),)).with_spans([Span(first=7, count=1, run=1, map_run=1)])


def test_a_span_is_cut_where_the_timeline_breaks() -> None:
    span = Span(first=10, count=10, run=1, map_run=1)
    assert [(one.first, one.count, one.discontinuity) for one in broken_at(span, (3, 10, 15, 20))] == [
        (10, 5, True), (15, 5, True),
    ]


def test_segments_that_had_no_init_section_take_one() -> None:
    past = Past().with_spans(spans_of(_segments([(LOST, 0, False), (1, 2, False), (LOST, 0, False)])))
    assert [row.map_run for row in past.with_map(7).rows()] == [7, 2, 7]
