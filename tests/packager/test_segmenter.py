from flow.names import PartName
from packager.segmenter import OpenSegment

EMPTY = OpenSegment(msn=5, map_run=1, discontinuity=True)


def test_a_whole_segment_is_the_concatenation_of_its_parts() -> None:
    segment = EMPTY.with_part(1, independent=True, body=b"ab").with_part(1, independent=False, body=b"cde")
    assert segment.body == b"abcde"
    closed = segment.close()
    assert (closed.run, closed.size, closed.discontinuity, closed.map_run) == (1, 5, True, 1)
    assert [part.independent for part in closed.parts] == [True, False]


def test_one_lost_part_makes_the_whole_a_gap_and_leaves_the_others_as_they_were() -> None:
    before = EMPTY.with_part(1, independent=True, body=b"ab")
    closed = before.with_loss().with_part(1, independent=False, body=b"c").close()
    assert closed.lost
    assert closed.parts[0] == before.parts[0]
    assert [part.lost for part in closed.parts] == [False, True, False]


def test_only_parts_with_a_body_have_names() -> None:
    started = EMPTY.with_part(1, independent=True, body=b"ab").with_loss()
    segment = started.with_part(1, independent=False, body=b"c")
    assert segment.part_names == (PartName(5, 1, 0), PartName(5, 1, 2))
