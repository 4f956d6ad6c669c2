"""Which ladder suits a feed and a machine."""

import pytest

from desk.ladder_choice import CHOICES, enlarged, judge, remark, size_of
from transcode.presets import ladder_names, load_ladder

COSTS = {"conference-1080": 2.4, "conference-720": 1.1, "conference-480": 0.5, "thin": 0.4, "tiny": 0.1}


@pytest.mark.parametrize(("streams", "size"), [
    (("h264 1280x720 25 fps", "aac 48000 Hz stereo"), (1280, 720)),
    (("vp9 720x1280 30 fps",), (720, 1280)),
    (("raw picture of any canvas",), None),
    ((), None),
])
def test_the_size_is_read_from_what_a_probe_says(streams: tuple[str, ...], size: tuple[int, int] | None) -> None:
    assert size_of(streams) == size


def test_a_rung_is_too_large_when_the_picture_is_smaller_both_ways() -> None:
    usual = load_ladder("conference-720")
    assert [rung.id for rung in enlarged(usual, (854, 480))] == [r.id for r in usual.video if r.height > 480]
    assert enlarged(usual, (720, 1280)) == ()
    assert enlarged(usual, (1920, 800)) == ()
    assert enlarged(usual, None) == ()


def test_a_ladder_that_suits_is_left_alone_and_no_other_is_measured() -> None:
    asked: list[str] = []

    def cost(name: str) -> float:
        asked.append(name)
        return COSTS[name]

    verdict = judge(load_ladder("conference-720"), (1280, 720), 2, cost, load_ladder)
    assert (verdict.carried, verdict.enlarged, verdict.better) == (True, (), "")
    assert asked == ["conference-720"]


def test_a_machine_that_is_too_small_is_offered_the_largest_it_carries() -> None:
    verdict = judge(load_ladder("conference-1080"), (1920, 1080), 2, COSTS.__getitem__, load_ladder)
    assert (verdict.carried, verdict.better) == (False, "conference-720")


def test_a_small_picture_is_offered_a_ladder_that_does_not_enlarge_it() -> None:
    verdict = judge(load_ladder("conference-720"), (854, 480), 2, COSTS.__getitem__, load_ladder)
    assert verdict.carried
    assert verdict.better == "conference-480"


def test_a_picture_below_all_ladders_is_offered_the_one_that_has_its_own_size() -> None:
    verdict = judge(load_ladder("conference-720"), (640, 360), 2, COSTS.__getitem__, load_ladder)
    assert verdict.better == "conference-480"


def test_where_nothing_fits_nothing_is_proposed() -> None:
    verdict = judge(load_ladder("conference-720"), None, 2, lambda _name: 9.0, load_ladder)
    assert (verdict.carried, verdict.better) == (False, "")


def test_every_proposal_exists() -> None:
    assert set(CHOICES) <= set(ladder_names())


@pytest.mark.parametrize(("name", "received", "said"), [
    ("conference-720", "h264 1280x720 25 fps, aac 48000 Hz stereo", ""),
    ("conference-720", "", ""),
    ("conference-1080", "h264 640x360 25 fps, aac 48000 Hz stereo",
     "smaller than v1080, v720, v720-lean, v540, which only enlarge it: --ladder conference-480 suits it better"),
    ("motion-1080", "hevc 1280x720 50 fps",
     "smaller than v1080, which only enlarge it: --ladder conference-720 suits it better"),
    ("conference-480", "h264 640x360 25 fps", "smaller than v480, v480-thin, which only enlarge it"),
])
def test_a_feed_that_is_smaller_than_some_rungs_is_remarked_upon(name: str, received: str, said: str) -> None:
    assert remark(load_ladder(name), received, load_ladder) == said


def test_where_the_machine_carries_no_more_a_ladder_below_the_picture_will_do() -> None:
    verdict = judge(load_ladder("conference-480"), (854, 480), 2, lambda name: 5 * COSTS[name], load_ladder)
    assert (verdict.carried, verdict.better) == (False, "tiny")
