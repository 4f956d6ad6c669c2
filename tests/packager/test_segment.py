from packager.segment import LOST, Part, Segment


def test_a_segment_with_a_lost_part_has_a_name_of_run_0_and_keeps_the_names_of_its_parts() -> None:
    parts = (Part(index=0, run=7, independent=True), Part(index=1, run=LOST), Part(index=2, run=7))
    segment = Segment(msn=5, run=LOST, map_run=7, discontinuity=False, size=9, parts=parts)
    assert segment.lost
    assert str(segment.name) == "5-0.m4s"
    assert [str(name) for name in segment.part_names] == ["5-7.0.m4s", "5-7.2.m4s"]
    assert [segment.run_at(index) for index in range(3)] == [7, LOST, 7]


def test_a_segment_known_only_as_a_whole_answers_for_its_parts() -> None:
    segment = Segment(msn=5, run=7, map_run=7, discontinuity=False, size=9)
    assert segment.run_at(2) == 7
    assert segment.part_names == ()
