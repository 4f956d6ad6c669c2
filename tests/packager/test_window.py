import pytest

from flow.profile import PROFILES, Profile, ProfileName
from packager.segment import Segment
from packager.window import Window, parts_from, skippable

LOW, CLASSIC = PROFILES[ProfileName.LOW], PROFILES[ProfileName.CLASSIC]


def _segment(msn: int) -> Segment:
    return Segment(msn=msn, run=1, map_run=0, discontinuity=False, size=1)


def test_a_full_window_lets_the_oldest_go() -> None:
    window = Window(limit=2)
    for msn in (4, 5):
        window, removed = window.append(_segment(msn))
        assert removed == ()
    window, removed = window.append(_segment(6))
    assert [segment.msn for segment in removed] == [4]
    assert [segment.msn for segment in window.segments] == [5, 6]
    assert window.find(5) == _segment(5)
    assert window.find(4) is None
    assert window.find(7) is None


def test_no_number_is_left_out() -> None:
    window, _ = Window(limit=2).append(_segment(4))
    with pytest.raises(ValueError, match="segment 6 after 4"):
        window.append(_segment(6))


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
    window, _ = Window(limit=2).append(_segment(4))
    assert window.with_map(3).segments[0].map_run == 3
    assert window.with_map(3).with_map(5).segments[0].map_run == 3
