from flow.profile import PROFILES, ProfileName
from packager.rows import lines_of, opening, part_lines
from packager.segment import LOST, Part, Segment

LOW = PROFILES[ProfileName.LOW]
PARTS = tuple(Part(index=index, run=1, independent=index == 0) for index in range(3))


def _segment(msn: int, *, run: int = 1, map_run: int = 1, broken: bool = False) -> Segment:
    return Segment(msn=msn, run=run, map_run=map_run, discontinuity=broken, size=1, parts=PARTS)


def test_a_row_is_its_time_its_length_and_its_address() -> None:
    assert lines_of(LOW, [_segment(900_000_000)], map_run=1) == [
        "#EXT-X-PROGRAM-DATE-TIME:2024-10-04T00:00:00.000Z", "#EXTINF:1.92000,", "900000000-1.m4s",
    ]


def test_a_map_is_named_where_it_changes_and_a_break_before_it() -> None:
    lines = lines_of(LOW, [_segment(1), _segment(2, map_run=2, broken=True), _segment(3, map_run=2)], map_run=0)
    assert [line for line in lines if "MAP" in line or "DISC" in line] == [
        '#EXT-X-MAP:URI="init-1.mp4"', "#EXT-X-DISCONTINUITY", '#EXT-X-MAP:URI="init-2.mp4"',
    ]


def test_a_gap_says_so_right_above_its_address() -> None:
    assert lines_of(LOW, [_segment(5, run=LOST)], map_run=1)[1:] == ["#EXT-X-GAP", "#EXTINF:1.92000,", "5-0.m4s"]


def test_parts_stand_between_what_belongs_to_the_segment_and_its_length() -> None:
    lines = lines_of(LOW, [_segment(4), _segment(5)], map_run=1, parts_from=5)
    assert lines[3:] == [
        *opening(LOW, _segment(5), 1), *part_lines(LOW, 5, PARTS), "#EXTINF:1.92000,", "5-1.m4s",
    ]
