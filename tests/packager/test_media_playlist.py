import gzip
from dataclasses import replace

import m3u8
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow.ids import RenditionId
from flow.playlist import Edge
from flow.profile import PROFILES, Profile, ProfileName
from packager.blocks import Blocks
from packager.marks import Marks
from packager.media_playlist import delta_text, full_text, playlist_of
from packager.past import Past, Span
from packager.segment import LOST, Part, Segment
from packager.segmenter import OpenSegment
from packager.view import Report, View
from tests.conformance.playlist import read_text
from tests.conformance.texts import of_update, problems

LOW, CLASSIC = PROFILES[ProfileName.LOW], PROFILES[ProfileName.CLASSIC]
FIRST = 900_000_000


def _parts(profile: Profile, lost: int = -1) -> tuple[Part, ...]:
    return tuple(
        Part(index=index, run=LOST if index == lost else 1, independent=index == 0)
        for index in range(profile.chunks_per_segment)
    )


def _view(profile: Profile = LOW, segments: int = 10) -> View:
    listed = tuple(
        Segment(msn=FIRST + place, run=1, map_run=1, discontinuity=False, size=9, parts=_parts(profile))
        for place in range(segments)
    )
    opened = OpenSegment(msn=FIRST + segments, map_run=1, discontinuity=False)
    return View(
        profile=profile, segments=listed, open=opened.with_part(1, independent=True, body=b"x"), next_run=1,
        discontinuity_sequence=0,
        reports=(Report(rendition=RenditionId("audio"), edge=Edge(FIRST + segments, 0)),),
    )


def _with(view: View, place: int, segment: Segment) -> View:
    return replace(view, segments=(*view.segments[:place], segment, *view.segments[place + 1 :]))


def test_the_whole_text_of_a_short_playlist() -> None:
    assert full_text(_view(segments=1)) == """#EXTM3U
#EXT-X-VERSION:6
#EXT-X-TARGETDURATION:2
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.000,CAN-SKIP-DATERANGES=YES,PART-HOLD-BACK=1.92000,HOLD-BACK=6.000
#EXT-X-PART-INF:PART-TARGET=0.64000
#EXT-X-MEDIA-SEQUENCE:900000000
#EXT-X-DISCONTINUITY-SEQUENCE:0
#EXT-X-MAP:URI="init-1.mp4"
#EXT-X-PROGRAM-DATE-TIME:2024-10-04T00:00:00.000Z
#EXT-X-PART:DURATION=0.64000,URI="900000000-1.0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.64000,URI="900000000-1.1.m4s"
#EXT-X-PART:DURATION=0.64000,URI="900000000-1.2.m4s"
#EXTINF:1.92000,
900000000-1.m4s
#EXT-X-PROGRAM-DATE-TIME:2024-10-04T00:00:01.920Z
#EXT-X-PART:DURATION=0.64000,URI="900000001-1.0.m4s",INDEPENDENT=YES
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="900000001-1.1.m4s"
#EXT-X-RENDITION-REPORT:URI="../audio/index.m3u8",LAST-MSN=900000001,LAST-PART=0
"""


@pytest.mark.parametrize("profile", list(PROFILES.values()))
def test_the_playlist_of_each_profile_keeps_every_rule(profile: Profile) -> None:
    view = _view(profile)
    assert problems(full_text(view)) == []
    assert of_update(delta_text(view), full_text(view)) == []


def test_classic_lists_no_parts_hints_or_reports() -> None:
    text = full_text(_view(CLASSIC))
    assert "PART" not in text
    assert "HINT" not in text
    assert "REPORT" not in text
    assert playlist_of(_view(CLASSIC)).hint is None


def test_a_delta_gives_the_same_segments_as_the_full_playlist() -> None:
    view = _view()
    assert "#EXT-X-SKIP:SKIPPED-SEGMENTS=3\n" in delta_text(view)
    assert of_update(delta_text(view), full_text(view)) == []


def _marked(view: View, count: int) -> View:
    """With so many marks that were set long ago, one that was set at the end of all that is listed, and two that
    have left, one of them just now."""
    marks = Marks()
    for _ in range(count):
        marks = marks.with_one("Phát biểu của đại biểu", start=view.frontier, duration=0, kind="mark", now=48)
    marks = marks.with_one("Giải lao", start=view.frontier, duration=0, kind="mark", now=view.frontier)
    return replace(view, marks=replace(marks, removed=(("old", 48), ("gone", view.frontier - 48))))


def test_an_update_that_skips_dates_has_the_new_ones_and_names_those_that_left() -> None:
    """RFC 8216bis 4.4.5.2, 6.2.5.1."""
    view = _marked(_view(), 99)
    plain, short = delta_text(view), delta_text(view, v2=True)
    assert (plain.count("#EXT-X-DATERANGE"), short.count("#EXT-X-DATERANGE")) == (100, 1)
    assert "RECENTLY-REMOVED" not in plain
    assert '#EXT-X-SKIP:SKIPPED-SEGMENTS=3,RECENTLY-REMOVED-DATERANGES="gone"\n' in short
    assert "#EXT-X-VERSION:10\n" in short
    assert "Giải lao" in short
    update = playlist_of(view).delta_v2
    assert update is not None
    assert len(update.gzipped) < 1_000
    assert of_update(short, full_text(view)) == []


def test_an_update_without_any_dates_says_that_none_left() -> None:
    """RFC 8216bis 4.4.5.2: it must be said, though it may be empty."""
    assert '#EXT-X-SKIP:SKIPPED-SEGMENTS=3,RECENTLY-REMOVED-DATERANGES=""\n' in delta_text(_view(), v2=True)


def test_there_is_no_delta_of_a_short_playlist() -> None:
    assert playlist_of(_view(segments=7)).delta is None
    assert playlist_of(_view(segments=8)).delta is not None


def test_a_lost_part_makes_its_segment_a_gap_and_the_version_8() -> None:
    segment = Segment(msn=FIRST + 9, run=LOST, map_run=1, discontinuity=False, size=0, parts=_parts(LOW, lost=1))
    view = _with(_view(), 9, segment)
    text = full_text(view)
    assert f'URI="{FIRST + 9}-0.1.m4s",GAP=YES' in text
    assert f"#EXT-X-GAP\n#EXTINF:1.92000,\n{FIRST + 9}-0.m4s\n" in text
    assert "#EXT-X-VERSION:8\n" in text
    assert problems(text) == []


def test_discontinuity_and_map_stand_before_the_first_part() -> None:
    view = _view()
    changed = replace(view.segments[9], discontinuity=True, map_run=2)
    text = full_text(replace(_with(view, 9, changed), open=None))
    place = text.index('#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-2.mp4"\n#EXT-X-PROGRAM-DATE-TIME:')
    assert place < text.index(f'URI="{FIRST + 9}-1.0.m4s"')
    assert problems(text) == []


def test_the_map_is_named_again_when_its_first_segment_has_left() -> None:
    view = _view()
    text = full_text(replace(view, segments=view.segments[5:]))
    assert read_text(text).segments[0].map == "init-1.mp4"
    assert text.count("#EXT-X-MAP") == 1


def test_a_delta_names_a_map_only_where_it_changes() -> None:
    view = _view()
    assert "#EXT-X-MAP" not in delta_text(view)
    late = replace(view.segments[9], map_run=2)
    assert delta_text(_with(view, 9, late)).count("#EXT-X-MAP") == 2


@settings(deadline=None, max_examples=50)
@given(
    spans=st.lists(
        st.tuples(st.integers(1, 300), st.sampled_from([LOST, 1, 2]), st.sampled_from([1, 2]), st.booleans()),
        max_size=4,
    ),
    segments=st.integers(0, 12), profile=st.sampled_from([LOW, CLASSIC]), cut=st.integers(0, 200),
)
def test_what_is_drawn_in_blocks_is_what_is_rendered_whole_and_a_delta_leaves_out_its_head(
    spans: list[tuple[int, int, int, bool]], segments: int, profile: Profile, cut: int,
) -> None:
    past = Past()
    for count, run, map_run, broken in spans:
        span = Span(first=past.end or FIRST - 900, count=count, run=run, map_run=map_run, discontinuity=broken)
        past = past.with_spans([span])
    newest = _view(profile, max(segments, 0 if spans else 1))
    shift = (past.end or FIRST) - FIRST
    view = replace(
        newest, past=past.between(past.first + cut, past.end),
        segments=tuple(replace(segment, msn=segment.msn + shift) for segment in newest.segments),
        open=newest.open and replace(newest.open, msn=newest.open.msn + shift),
    )
    if not view.count:
        return
    playlist = playlist_of(view)
    text = full_text(view)
    assert playlist.full.plain.decode() == text
    assert gzip.decompress(playlist.full.gzipped).decode() == text
    assert (playlist.delta is None) == (view.count <= 7)
    if playlist.delta is not None:
        assert of_update(playlist.delta.plain.decode(), text) == []
        assert len(playlist.delta.gzipped) < 3_000


def test_the_blocks_of_a_channel_serve_one_list_after_the_other() -> None:
    blocks = Blocks(LOW)
    past = Past((Span(first=FIRST - 1_000, count=1_000, run=1, map_run=1),))
    for _ in range(2):
        assert playlist_of(replace(_view(), past=past), blocks).full.plain
        assert len(blocks) == 7


def test_segments_known_only_as_a_whole_are_listed_without_parts() -> None:
    view = _view()
    text = full_text(replace(view, segments=tuple(replace(segment, parts=()) for segment in view.segments)))
    assert text.count("#EXT-X-PART:") == 1
    assert problems(text) == []


def test_the_playlist_says_how_far_it_reaches() -> None:
    playlist = playlist_of(_view())
    assert playlist.edge == Edge(FIRST + 10, 0)
    assert (playlist.last_msn, playlist.part_limit, playlist.target_duration) == (FIRST + 9, 4, 2)
    assert str(playlist.hint) == f"{FIRST + 10}-1.1.m4s"


def test_the_m3u8_package_reads_it_back() -> None:
    found = m3u8.loads(full_text(_view()))
    assert (found.media_sequence, found.target_duration, found.version) == (FIRST, 2, 6)
    assert [segment.uri for segment in found.segments][:2] == [f"{FIRST}-1.m4s", f"{FIRST + 1}-1.m4s"]
    assert found.part_inf.part_target == 0.64
    assert found.preload_hint.uri == f"{FIRST + 10}-1.1.m4s"
    assert found.rendition_reports[0].last_msn == FIRST + 10
    assert found.segment_map[0].uri == "init-1.mp4"


def test_captions_are_text_without_an_init_section() -> None:
    text = full_text(replace(_view(segments=1), text=True))
    assert "EXT-X-MAP" not in text
    assert ".m4s" not in text
    for uri in ("900000000-1.0.vtt", "900000000-1.vtt", "900000001-1.0.vtt", "900000001-1.1.vtt"):
        assert uri in text
    assert problems(text) == []
