"""What a viewer may ask of a playlist, and which playlist answers it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.errors import ViewerError
from flow.playlist import Edge
from origin.directives import Directives, directives_of, edge_of, refuse_too_far, satisfied
from tests.origin.builders import PART_LIMIT, PARTS, playlist_at

NUMBERS = st.integers(min_value=0, max_value=10**19 - 1)


def wanted(msn: int, part: int | None = None) -> Directives:
    return Directives(msn=msn, part=part)


def refused(asked: Directives, msn: int, part: int) -> bool:
    try:
        refuse_too_far(asked, playlist_at(msn, part))
    except ViewerError as error:
        return error.status == 400
    return False


def test_directives_are_found_among_other_pairs() -> None:
    query = [("token", "x"), ("_HLS_skip", "YES"), ("_HLS_part", "2"), ("_HLS_msn", "17"), ("_HLS_other", "?")]
    assert directives_of(query) == Directives(msn=17, part=2, skip=True)
    assert directives_of([]) == Directives()
    assert not directives_of([("_HLS_skip", "v2")]).blocking
    skips = [directives_of([("_HLS_skip", word)]).skip_dates for word in ("v2", "YES", "no")]
    assert skips == [True, False, False]
    assert directives_of([("_HLS_msn", "0")]).blocking


@pytest.mark.parametrize("text", [
    "", "-1", "+1", " 1", "1 ", "1.0", "1e9", "NaN", "0x10", "٣", "²", "1_0", "9" * 20, "9" * 4096, "\0",
])
def test_anything_but_ascii_digits_is_refused(text: str) -> None:
    """T-17."""
    for query in ([("_HLS_msn", text)], [("_HLS_msn", "1"), ("_HLS_part", text)]):
        with pytest.raises(ViewerError) as refusal:
            directives_of(query)
        assert refusal.value.status == 400


def test_a_part_without_a_segment_is_refused() -> None:
    with pytest.raises(ViewerError) as refusal:
        directives_of([("_HLS_part", "0")])
    assert refusal.value.status == 400


def test_a_directive_given_twice_must_say_the_same() -> None:
    assert directives_of([("_HLS_msn", "5"), ("_HLS_msn", "5")]).msn == 5
    with pytest.raises(ViewerError):
        directives_of([("_HLS_msn", "5"), ("_HLS_msn", "6")])


@pytest.mark.parametrize("skip", ["YES", "v2"])
def test_a_delta_is_asked_for_in_two_ways(skip: str) -> None:
    assert directives_of([("_HLS_skip", skip)]).skip


@pytest.mark.parametrize("skip", ["", "NO", "yes", "v1", "v3"])
def test_other_values_of_skip_ask_nothing(skip: str) -> None:
    assert not directives_of([("_HLS_skip", skip)]).skip


def test_a_segment_is_there_when_it_is_complete() -> None:
    assert not satisfied(wanted(100), playlist_at(100, 1))
    assert satisfied(wanted(100), playlist_at(100, 2))
    assert satisfied(wanted(100), playlist_at(101, 0))


def test_a_part_is_there_when_it_or_anything_later_is_listed() -> None:
    assert not satisfied(wanted(100, 1), playlist_at(100, 0))
    assert satisfied(wanted(100, 1), playlist_at(100, 1))
    assert satisfied(wanted(100, 1), playlist_at(101, 0))


def test_a_part_past_the_last_one_is_the_first_of_the_next_segment() -> None:
    """RFC 8216bis 6.2.5.2: answering early, when the segment is complete, would make a hot loop."""
    assert not satisfied(wanted(100, PARTS), playlist_at(100, PARTS - 1))
    assert satisfied(wanted(100, PARTS), playlist_at(101, 0))


def test_what_has_left_the_window_is_satisfied() -> None:
    assert satisfied(wanted(1), playlist_at(100, 0))
    assert satisfied(wanted(1, 5), playlist_at(100, 0))


def test_nothing_asked_and_an_ended_playlist_are_satisfied() -> None:
    assert satisfied(Directives(), playlist_at(100, 0))
    assert satisfied(wanted(10**18, 5), playlist_at(100, 0, ended=True))


def test_without_parts_a_part_means_its_segment() -> None:
    playlist = playlist_at(100, 2, part_limit=0)
    assert edge_of(wanted(100, 9), playlist) is None
    assert satisfied(wanted(100, 9), playlist)
    assert not satisfied(wanted(101, 0), playlist)
    refuse_too_far(wanted(101, 999), playlist)


def test_a_waited_for_part_is_an_edge() -> None:
    assert edge_of(wanted(101, 1), playlist_at(100, 2)) == Edge(101, 1)
    assert edge_of(wanted(101), playlist_at(100, 2)) is None


def test_two_segments_ahead_may_be_waited_for_and_three_may_not() -> None:
    assert not refused(wanted(102), 100, 2)
    assert refused(wanted(103), 100, 2)
    # The last complete segment counts, not the one that grows.
    assert not refused(wanted(101), 100, 1)
    assert refused(wanted(102), 100, 1)
    assert not refused(Directives(), 100, 2)


def test_parts_may_be_waited_for_up_to_the_advance_limit() -> None:
    assert not refused(wanted(100, 1 + PART_LIMIT), 100, 1)
    assert refused(wanted(100, 2 + PART_LIMIT), 100, 1)
    assert not refused(wanted(101, PART_LIMIT - 1), 100, 2)
    assert refused(wanted(101, PART_LIMIT), 100, 2)


def test_the_past_is_never_too_far() -> None:
    assert not refused(wanted(5, 999), 100, 2)


@given(msn=NUMBERS, part=st.none() | NUMBERS, at=st.integers(5, 10**6), last=st.integers(0, PARTS - 1))
def test_any_number_is_answered_refused_or_waited_for_a_short_while(
    msn: int, part: int | None, at: int, last: int,
) -> None:
    """T-17: what is neither there nor refused is at most two segments ahead."""
    asked = wanted(msn, part)
    if satisfied(asked, playlist_at(at, last)) or refused(asked, at, last):
        return
    # It comes with the playlists that follow.
    assert any(satisfied(asked, playlist_at(at + step, PARTS - 1)) for step in range(4))


@given(st.lists(st.tuples(st.sampled_from(["_HLS_msn", "_HLS_part", "_HLS_skip", "x"]), st.text())))
def test_any_query_makes_directives_or_a_400(query: list[tuple[str, str]]) -> None:
    """T-17."""
    status = 200
    try:
        found = directives_of(query)
    except ViewerError as error:
        found, status = Directives(), error.status
    assert status in {200, 400}
    assert found.part is None or found.msn is not None
