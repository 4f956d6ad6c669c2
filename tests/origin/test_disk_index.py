"""What the disk keeps, and for how long."""

import pytest

from flow.names import InitName, PartName, SegmentName
from origin.disk_index import DiskIndex, Kept
from tests.origin.builders import key_of

KEEP = 100


def index_of(*segments: tuple[int, int, int], inits: tuple[tuple[int, int], ...] = ()) -> DiskIndex:
    """Segments as (msn, run, since), init sections as (run, since)."""
    index = DiskIndex(KEEP)
    for run, since in inits:
        index.add(key_of(InitName(run)), Kept(size=1, since_ns=since))
    for msn, run, since in segments:
        index.add(key_of(SegmentName(msn, run)), Kept(size=1, since_ns=since))
    return index


def test_segments_go_when_they_are_old() -> None:
    index = index_of((1, 7, 0), (2, 7, 50), (3, 7, 120))
    assert index.expired(100) == ()
    assert index.expired(101) == (key_of(SegmentName(1, 7)),)
    assert index.expired(151) == (key_of(SegmentName(1, 7)), key_of(SegmentName(2, 7)))


def test_an_init_section_stays_as_long_as_a_segment_of_its_run() -> None:
    index = index_of((1, 7, 0), (2, 7, 500), (3, 8, 500), inits=((6, 0), (7, 0), (8, 0)))
    assert index.expired(200) == (key_of(SegmentName(1, 7)), key_of(InitName(6)))


def test_the_newest_init_section_stays_for_later_runs_that_go_on_under_its_name() -> None:
    index = index_of((1, 7, 0), (2, 9, 500), inits=((7, 0),))
    assert index.expired(550) == (key_of(SegmentName(1, 7)),)
    assert key_of(InitName(7)) not in index.expired(9_000)


def test_a_replaced_init_section_stays_as_long_as_the_segments_before_its_successor() -> None:
    index = index_of(inits=((7, 0), (8, 500)))
    assert index.expired(599) == ()
    assert index.expired(601) == (key_of(InitName(7)),)


def test_the_init_sections_of_one_rendition_replace_none_of_another() -> None:
    index = index_of(inits=((7, 0),))
    index.add(key_of(InitName(8), rendition="audio"), Kept(size=1, since_ns=10))
    assert index.expired(9_000) == ()


def test_a_young_init_section_stays_although_it_has_no_segment_yet() -> None:
    assert index_of(inits=((7, 50),)).expired(120) == ()


def test_what_was_struck_off_is_unknown() -> None:
    index = index_of((1, 7, 0), inits=((7, 0),))
    for name in (SegmentName(1, 7), InitName(7)):
        assert key_of(name) in index
        assert index.discard(key_of(name))
        assert not index.discard(key_of(name))
        assert key_of(name) not in index
    assert index.oldest_segment() is None


def test_the_oldest_segment_is_the_one_that_came_first() -> None:
    index = index_of((9, 7, 0), (2, 7, 50))
    assert index.oldest_segment() == (key_of(SegmentName(9, 7)), Kept(size=1, since_ns=0))


def test_a_body_is_recognised_by_its_size_and_its_mark() -> None:
    marked = Kept(size=3, since_ns=0, mark=hash(b"abc"))
    assert marked.may_be(b"abc")
    assert not marked.may_be(b"abd")
    assert not marked.may_be(b"ab")
    found_at_start = Kept(size=3, since_ns=0)
    assert found_at_start.may_be(b"abd")
    assert not found_at_start.may_be(b"abcd")


def test_parts_are_no_business_of_the_disk() -> None:
    with pytest.raises(TypeError):
        DiskIndex(KEEP).add(key_of(PartName(1, 7, 0)), Kept(size=1, since_ns=0))
