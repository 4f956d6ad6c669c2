from dataclasses import replace

import pytest

from flow.playlist import Edge
from flow.profile import PROFILES, Profile, ProfileName
from flow.timebase import SCALE
from packager.segment import Segment
from packager.segmenter import OpenSegment
from packager.view import View

LOW, CLASSIC = PROFILES[ProfileName.LOW], PROFILES[ProfileName.CLASSIC]
OPEN = OpenSegment(msn=6, map_run=1, discontinuity=False).with_part(1, independent=True, body=b"x")


def _view(profile: Profile, *, opened: OpenSegment | None) -> View:
    segment = Segment(msn=5, run=1, map_run=1, discontinuity=False, size=1)
    return View(profile=profile, segments=(segment,), open=opened, next_run=1, discontinuity_sequence=0)


def test_the_edge_is_the_last_part_and_the_hint_the_next() -> None:
    view = _view(LOW, opened=OPEN)
    assert view.edge == Edge(6, 0)
    assert str(view.hint) == "6-1.1.m4s"


def test_between_segments_the_edge_is_the_last_part_of_the_whole_one() -> None:
    view = _view(LOW, opened=None)
    assert view.edge == Edge(5, 2)
    assert str(view.hint) == "6-1.0.m4s"


def test_without_parts_only_whole_segments_count() -> None:
    view = _view(CLASSIC, opened=OPEN)
    assert view.edge == Edge(5, 5)
    assert view.hint is None
    assert view.listed_open_parts == ()


@pytest.mark.parametrize(("now", "since"), [(None, 0), (7, 0), (-20, -20)])
def test_marks_are_new_by_the_earlier_of_the_headends_clock_and_the_medias(now: int | None, since: int) -> None:
    view = _view(LOW, opened=OPEN)
    at = view.frontier + now * SCALE if now is not None else None
    assert replace(view, now=at).recent == view.frontier + (since - 12) * SCALE
