from flow.profile import PROFILES, ProfileName
from packager.runs import Runs
from packager.segment import LOST, Segment
from packager.ts.listing import TsSegment, pieces_per_segment, sequence_of, ts_segments
from packager.window import Window

LOW, CLASSIC = PROFILES[ProfileName.LOW], PROFILES[ProfileName.CLASSIC]


def window(first: int, *runs: int, map_run: int = 1) -> Window:
    return Window(limit=63, live=63, segments=tuple(
        Segment(msn=msn, run=run, map_run=map_run, discontinuity=False, size=1)
        for msn, run in enumerate(runs, start=first)
    ))


def names(segments: tuple[TsSegment, ...]) -> list[str]:
    return [str(segment.name) for segment in segments]


def test_two_segments_make_one_and_it_has_its_own_number_from_the_epoch() -> None:
    both = window(100, 1, 1, 1, 1, 1)
    assert names(ts_segments(LOW, both, both, ())) == ["50-1.ts", "51-1.ts"]


def test_in_the_classic_profile_each_segment_is_one() -> None:
    both = window(100, 1, 1, LOST)
    assert pieces_per_segment(CLASSIC) == 1
    assert names(ts_segments(CLASSIC, both, both, ())) == ["100-1.ts", "101-1.ts", "102-0.ts"]


def test_only_whole_pairs_are_listed_that_picture_and_sound_both_have() -> None:
    assert names(ts_segments(LOW, window(101, 1, 1, 1, 1, 1), window(99, 1, 1, 1, 1, 1, 1, 1), ())) == [
        "51-1.ts", "52-1.ts",
    ]
    assert ts_segments(LOW, window(101, 1, 1), window(101, 1, 1), ()) == ()
    assert ts_segments(LOW, window(100), window(100, 1, 1), ()) == ()
    assert ts_segments(LOW, window(100, 1, 1), window(200, 1, 1), ()) == ()


def test_what_is_lost_in_either_is_lost_and_named_so() -> None:
    picture, sound = window(100, 1, LOST, 1, 1, LOST, LOST, 3, 3), window(100, 1, 1, LOST, 1, LOST, LOST, 3, 3)
    segments = ts_segments(LOW, picture, sound, ())
    assert names(segments) == ["50-1-0.ts", "51-0-1.ts", "52-0.ts", "53-3.ts"]
    assert [segment.filler for segment in segments] == [False, False, True, False]
    assert not any(segment.discontinuity for segment in segments)


def test_what_the_store_lost_after_it_was_listed_is_filled_under_another_name() -> None:
    """F-22: of picture, of sound, of a half and of both."""
    whole = window(100, 1, 1, 1, 1, 1, 1, 1, 1)
    picture, sound = whole.without_bodies({100, 104, 105}), whole.without_bodies({103, 104})
    segments = ts_segments(LOW, picture, sound, ())
    assert names(segments) == ["50-0-1.ts", "51-1-0.ts", "52-0.ts", "53-1.ts"]
    assert [segment.filler for segment in segments] == [False, False, True, False]


def test_a_restart_in_the_middle_of_a_pair_names_both_runs() -> None:
    both = window(100, 1, 2, 2, 2)
    assert names(ts_segments(LOW, both, both, ())) == ["50-1-2.ts", "51-2.ts"]


def test_where_two_workers_take_turns_picture_and_sound_may_be_of_two_runs() -> None:
    picture, sound = window(100, 2, 3, 3, 3, 3, 5), window(100, 2, 2, 2, 3, 2, 4)
    assert names(ts_segments(LOW, picture, sound, ())) == ["50-2-3.2.ts", "51-3.2-3.ts", "52-3.2-5.4.ts"]


def test_a_changed_init_section_is_a_discontinuity_and_never_in_the_middle() -> None:
    both = window(100, 1, 1, 2, 2, 2, 3, 3, 3)
    segments = ts_segments(LOW, both, both, (102, 105))
    assert names(segments) == ["50-1.ts", "51-2.ts", "52-0-3.ts", "53-3.ts"]
    assert [segment.discontinuity for segment in segments] == [False, True, True, False]
    assert [sequence_of((102, 105), 4, LOW, first) for first in (50, 51, 52, 53)] == [4, 4, 5, 6]


def test_two_breaks_inside_one_segment_are_one_tag_and_count_as_one() -> None:
    """RFC 8216bis 6.2.2: the discontinuity number of a segment stays, whatever has left before it."""
    runs = Runs(long=2).with_break(104).with_break(105).with_break(106)
    both = window(100, 1, 1, 1, 1, 2, 3, 4, 4, 4, 4)
    known: dict[int, set[int]] = {}
    for first in range(100, 109):
        left = runs.prune(first)
        shown = window(first, *(segment.run for segment in both.segments if segment.msn >= first))
        segments = ts_segments(LOW, shown, shown, left.breaks)
        number = sequence_of(left.breaks, left.passed_long, LOW, segments[0].msn)
        for segment in segments:
            number += segment.discontinuity
            known.setdefault(segment.msn, set()).add(number)
    assert known == {50: {0}, 51: {0}, 52: {1}, 53: {2}, 54: {2}}
